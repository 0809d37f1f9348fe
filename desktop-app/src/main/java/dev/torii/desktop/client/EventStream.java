package dev.torii.desktop.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads `/torii/events` and tells it on, event by event.
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final HttpClient http;
    private final EngineEvents events;
    private final Duration patience;

    /// @param patience how long the stream may be silent; the engine lets hear from itself each
    ///   second, so silence means that it hangs
    EventStream(HttpClient http, EngineEvents events, Duration patience) {
        this.http = http;
        this.events = events;
        this.patience = patience;
    }

    /// Reads until the stream ends, which a running engine never lets happen.
    ///
    /// @param onOpen runs when the stream has begun: from now on nothing is missed
    /// @throws IOException when the connection fails or breaks
    void read(URI admin, Runnable onOpen) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(admin.resolve(AdminPaths.EVENTS))
                        .header("Accept", "text/event-stream")
                        .build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = new HeardStream(response.body());
                var lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            onOpen.run();
            Thread watch = Thread.ofVirtual().name("event-watch").start(() -> watch(body));
            try {
                ServerSentEvents.read(lines, this::dispatch);
            } finally {
                watch.interrupt();
            }
        }
    }

    /// Closes a stream that has fallen silent, which ends its reading.
    private void watch(HeardStream body) {
        try {
            while (body.silence().compareTo(patience) < 0) {
                Thread.sleep(patience.dividedBy(4));
            }
            body.close();
        } catch (InterruptedException | IOException e) {
            // The reading has ended otherwise.
        }
    }

    /// Knows when something came last.
    private static final class HeardStream extends FilterInputStream {

        private volatile long heardAt = System.nanoTime();

        HeardStream(InputStream body) {
            super(body);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            heardAt = System.nanoTime();
            return read;
        }

        Duration silence() {
            return Duration.ofNanos(System.nanoTime() - heardAt);
        }
    }

    private void dispatch(String event, String data) {
        try {
            switch (event) {
                case "usage" ->
                        events.onUsage(Json.convert(Json.parse(data), RequestSummary.class));
                case "config" -> events.onConfig(Json.convert(Json.parse(data), ConfigEvent.class));
                case "gap" -> events.onGap(Json.convert(Json.parse(data), GapEvent.class));
                default -> LOG.atDebug().addKeyValue("event", event).log("Unknown event");
            }
        } catch (MalformedJsonException | IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("event", event).log("An event could not be read");
        }
    }
}
