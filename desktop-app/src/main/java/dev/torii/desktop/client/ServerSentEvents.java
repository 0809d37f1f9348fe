package dev.torii.desktop.client;

import java.io.BufferedReader;
import java.io.IOException;

/// Splits a `text/event-stream` into its events.
final class ServerSentEvents {

    /// Takes one event; `name` is `message` where the stream gave none.
    @FunctionalInterface
    interface Sink {

        void event(String name, String data);
    }

    private static final String UNNAMED = "message";

    private ServerSentEvents() {}

    /// Reads to the end of the stream. An event that its blank line does not end is not told.
    static void read(BufferedReader lines, Sink sink) throws IOException {
        String name = UNNAMED;
        var data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    sink.event(name, data.substring(0, data.length() - 1));
                }
                name = UNNAMED;
                data.setLength(0);
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (value.startsWith(" ")) {
                value = value.substring(1);
            }
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.append(value).append('\n');
                default -> {
                    // Comments (heartbeats), ids and retry hints are of no use here.
                }
            }
        }
    }
}
