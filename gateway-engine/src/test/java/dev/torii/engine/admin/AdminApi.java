package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.balancer.Balancers;
import dev.torii.engine.balancer.FakeSchedule;
import dev.torii.engine.balancer.Resolver;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.MemoryConfigStore;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// A running Admin API over a store in memory, with a client and a clock that tests set.
final class AdminApi implements AutoCloseable {

    static final PluginRegistry PLUGINS =
            new PluginRegistry(List.of(new SamplePlugins.Limits(), new SamplePlugins.Auth()));

    static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final ConfigStore store;
    final AtomicReference<Instant> clock = new AtomicReference<>(START);

    private final AdminServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    AdminApi() throws IOException {
        this(new MemoryConfigStore());
    }

    AdminApi(ConfigStore store) throws IOException {
        this(store, PLUGINS);
    }

    AdminApi(ConfigStore store, PluginRegistry plugins) throws IOException {
        this.store = store;
        var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8000);
        var servlet =
                new AdminServlet(
                        store,
                        plugins,
                        new Balancers(
                                Resolver.SYSTEM, new FakeSchedule(), System::nanoTime, _ -> {}),
                        clock::get,
                        () ->
                                new NodeInfo(
                                        "00000000-0000-4000-8000-000000000000",
                                        nowhere,
                                        new InetSocketAddress(nowhere.getAddress(), 8443),
                                        nowhere,
                                        nowhere),
                        new StatusReport(() -> new Traffic(5, 3, 1, 9), null),
                        null);
        server =
                AdminServer.start(
                        "127.0.0.1",
                        0,
                        Set.of(),
                        List.of(),
                        List.of(
                                new AdminServer.Mapping(
                                        "/torii/history/*",
                                        new HistoryServlet(store, plugins, clock::get)),
                                new AdminServer.Mapping("/", servlet)));
    }

    int port() {
        return server.port();
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /// @param json with single quotes
    Reply call(String method, String path, String json) {
        return raw(
                method,
                path,
                "application/json",
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    Reply form(String method, String path, String form) {
        return raw(
                method,
                path,
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.UTF_8));
    }

    Reply raw(String method, String path, String contentType, byte[] body) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", contentType)
                        .method(method, BodyPublishers.ofByteArray(body)));
    }

    Reply delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /// Creates an entity and gives its id.
    String created(String path, String json) {
        Reply reply = call("POST", path, json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().path("id").textValue();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Reply send(HttpRequest.Builder request) {
        if (request.build().headers().firstValue(AdminPaths.CLIENT_HEADER).isEmpty()) {
            request.header(AdminPaths.CLIENT_HEADER, "test");
        }
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
        store.close();
        client.close();
    }

    record Reply(int status, String text, HttpResponse<String> response) {

        JsonNode json() {
            try {
                return Json.parse(text);
            } catch (MalformedJsonException e) {
                throw new AssertionError(text, e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
