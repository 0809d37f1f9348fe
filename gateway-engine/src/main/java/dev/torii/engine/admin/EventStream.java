package dev.torii.engine.admin;

import dev.torii.engine.telemetry.EventHub;
import dev.torii.engine.telemetry.EventHub.Event;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Writes events to one client as they happen, until it goes or the engine stops. Where nothing
/// happens for a second a comment is sent, so that both sides notice when the other is gone.
final class EventStream {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final byte[] HELLO = ": torii\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] STILL_HERE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final EventHub hub;

    EventStream(EventHub hub) {
        this.hub = hub;
    }

    /// Holds the calling thread, which is a virtual one, as long as the client stays.
    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("utf-8");
        response.setHeader("Cache-Control", "no-store");
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        OutputStream out = response.getOutputStream();
        try (var subscription = hub.subscribe()) {
            out.write(HELLO);
            out.flush();
            while (!subscription.ended()) {
                Event event = subscription.next(HEARTBEAT);
                if (event == null) {
                    out.write(STILL_HERE);
                }
                // What has come meanwhile goes out in one piece.
                for (; event != null; event = subscription.next(Duration.ZERO)) {
                    write(out, event);
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, Event event) throws IOException {
        String text = "event: " + event.name() + "\ndata: " + event.json() + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
