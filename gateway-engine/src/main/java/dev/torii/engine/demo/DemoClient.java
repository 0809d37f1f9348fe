package dev.torii.engine.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.UsageReport;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The demo's side of the wire: what a user's curl and an application would send.
final class DemoClient implements AutoCloseable {

    /// What the application believes to be its key; it must never get through.
    static final String CLIENT_KEY = "dummy";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DATA = "data:";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI proxy;
    private final URI admin;

    DemoClient(URI proxy, URI admin) {
        this.proxy = proxy;
        this.admin = admin;
    }

    record Reply(int status, String body) {}

    /// Makes an entity through the Admin API.
    void create(String path, ObjectNode entity) throws InterruptedException {
        HttpResponse<String> response =
                send(
                        post(admin.resolve(path), entity)
                                .header(AdminPaths.CLIENT_HEADER, "torii-demo")
                                .build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new DemoException(
                    "POST %s answered %d instead of 201: %s"
                            .formatted(path, response.statusCode(), response.body().strip()));
        }
    }

    /// Asks and waits for the whole answer.
    Reply chat(String question) throws InterruptedException {
        HttpResponse<String> response = send(chatRequest(question, false), BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body().strip());
    }

    /// Asks and hands on each piece of text as it arrives.
    void chatStreaming(String question, Consumer<String> onText) throws InterruptedException {
        HttpResponse<Stream<String>> response =
                send(chatRequest(question, true), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw new DemoException(
                        "the stream answered %d instead of 200".formatted(response.statusCode()));
            }
            Iterator<String> events = lines.filter(line -> line.startsWith(DATA)).iterator();
            while (events.hasNext()) {
                String data = events.next().substring(DATA.length()).strip();
                if (data.equals("[DONE]")) {
                    return;
                }
                String text =
                        json(data).path("choices").path(0).path("delta").path("content").asText();
                if (!text.isEmpty()) {
                    onText.accept(text);
                }
            }
        }
        throw new DemoException("the stream ended without data: [DONE]");
    }

    UsageReport usage(String groupBy) throws InterruptedException {
        URI uri = admin.resolve(AdminPaths.USAGE + "?group_by=" + groupBy);
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new DemoException(
                    "GET %s answered %d instead of 200"
                            .formatted(AdminPaths.USAGE, response.statusCode()));
        }
        return Json.convert(json(response.body()), UsageReport.class);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest chatRequest(String question, boolean stream) {
        ObjectNode body = Json.object();
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        if (stream) {
            body.put("stream", true);
        }
        return post(proxy.resolve(Demo.ROUTE_PATH), body)
                .header("Authorization", "Bearer " + CLIENT_KEY)
                .build();
    }

    private static HttpRequest.Builder post(URI uri, ObjectNode body) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new DemoException(
                    "%s %s failed: %s".formatted(request.method(), request.uri(), e.getMessage()),
                    e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedJsonException e) {
            throw new DemoException("an answer is no JSON: " + e.getMessage(), e);
        }
    }
}
