package dev.torii.desktop.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads `/torii/events` and tells it on, event by event.
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final HttpClient http;
    private final EngineEvents events;

    EventStream(HttpClient http, EngineEvents events) {
        this.http = http;
        this.events = events;
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
        try (InputStream body = response.body();
                var lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            onOpen.run();
            ServerSentEvents.read(lines, this::dispatch);
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
