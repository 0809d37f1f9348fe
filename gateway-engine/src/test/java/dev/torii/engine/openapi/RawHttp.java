package dev.torii.engine.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// HTTP/1.1 by the byte: what is sent need not be a request at all.
final class RawHttp {

    private static final int PATIENCE_MS = 15_000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private RawHttp() {}

    /// @param head the head of the answer, with its status line; empty when none came
    record Answer(String head, String body) {

        int status() {
            String[] words = head.split(" ", 3);
            return words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
        }

        String header(String name) {
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    /// Sends all and reads until the server closes; the request must ask for that.
    ///
    /// @param ends whether the sending side is closed after that, so that nothing more can come
    /// @throws IOException when the server resets the connection or says nothing for long
    static Answer exchange(int port, byte[] request, boolean ends) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            if (ends) {
                socket.shutdownOutput();
            }
            return parsed(socket.getInputStream().readAllBytes());
        }
    }

    private static Answer parsed(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return new Answer(text, "");
        }
        String head = text.substring(0, end);
        if (head.startsWith("HTTP/1.1 100 ")) {
            return parsed(text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
        }
        String body = text.substring(end + END_OF_HEAD.length());
        if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
            body = unchunked(body);
        }
        return new Answer(
                head,
                new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static String unchunked(String body) {
        var whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) {
                return whole.toString();
            }
            int size = Integer.parseInt(body.substring(at, line).strip(), 16);
            if (size == 0) {
                return whole.toString();
            }
            whole.append(body, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }

    /// A request with a body, whose length is said as it is.
    static byte[] request(String method, String target, String headers, byte[] body) {
        String head =
                method
                        + " "
                        + target
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + body.length
                        + "\r\n"
                        + headers
                        + "\r\n";
        return joined(head.getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static byte[] joined(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
