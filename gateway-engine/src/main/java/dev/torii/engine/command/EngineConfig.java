package dev.torii.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportMode;
import dev.torii.engine.gateway.StartException;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The configuration of a running engine, over its Admin API.
final class EngineConfig implements ConfigPlace {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /// A configuration of many thousand entities takes a while.
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

    private final URI admin;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    EngineConfig(URI admin) {
        this.admin = admin;
    }

    @Override
    public ObjectNode preview(String text, Declarations.Options options)
            throws RefusedFileException {
        return post(text, options, "dry_run=1");
    }

    @Override
    public ObjectNode apply(String text, Declarations.Options options, long revision)
            throws RefusedFileException {
        return post(text, options, "revision=" + revision);
    }

    private ObjectNode post(String text, Declarations.Options options, String argument)
            throws RefusedFileException {
        List<String> query = new ArrayList<>(List.of(argument));
        if (options.mode() == ImportMode.MERGE) {
            query.add("merge=1");
        }
        if (options.skipUnsupported()) {
            query.add("skip_unsupported=1");
        }
        addTags(query, options.selectTags());
        ObjectNode body = Json.object().put("config", text);
        options.variables().values().forEach((name, value) -> body.put("variable." + name, value));
        HttpResponse<byte[]> response =
                send(
                        request(AdminPaths.CONFIG_IMPORT, query)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
        ObjectNode answer = object(response);
        if (answer.has("faults")) {
            List<String> sentences = new ArrayList<>();
            for (JsonNode fault : answer.path("faults")) {
                String path = fault.path("path").asText();
                sentences.add(
                        fault.path("line")
                                + ":"
                                + fault.path("column")
                                + ": "
                                + (path.isEmpty() ? "" : path + ": ")
                                + fault.path("message").asText());
            }
            throw new RefusedFileException(sentences);
        }
        return ok(response, answer);
    }

    @Override
    public ObjectNode export(ConfigExport.Options options) {
        List<String> query = new ArrayList<>(List.of("format=json"));
        if (options.withIds()) {
            query.add("with_ids=1");
        }
        if (options.maskSecrets()) {
            query.add("mask_secrets=1");
        }
        if (options.torii()) {
            query.add("torii=1");
        }
        addTags(query, options.tags());
        HttpResponse<byte[]> response = send(request(AdminPaths.CONFIG_EXPORT, query).GET());
        return ok(response, object(response));
    }

    private static void addTags(List<String> query, List<String> tags) {
        if (!tags.isEmpty()) {
            query.add(
                    "select_tags="
                            + URLEncoder.encode(String.join(",", tags), StandardCharsets.UTF_8));
        }
    }

    private HttpRequest.Builder request(String path, List<String> query) {
        return HttpRequest.newBuilder(admin.resolve(path + "?" + String.join("&", query)))
                .header(AdminPaths.CLIENT_HEADER, AUTHOR)
                .timeout(ANSWER_WITHIN);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new StartException(
                    "the engine at "
                            + admin
                            + " does not answer; stop it or wait until it has started, and try"
                            + " again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("broken off", e);
        }
    }

    private ObjectNode object(HttpResponse<byte[]> response) {
        try {
            if (Json.parse(response.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            // Said below.
        }
        throw new StartException(
                "the engine at "
                        + admin
                        + " answered "
                        + response.statusCode()
                        + " without a JSON object; is it another version of Torii?");
    }

    private static ObjectNode ok(HttpResponse<byte[]> response, ObjectNode answer) {
        if (response.statusCode() != 200) {
            throw new StartException(
                    "the engine refused with %d: %s"
                            .formatted(response.statusCode(), answer.path("message").asText()));
        }
        return answer;
    }

    @Override
    public void close() {
        client.close();
    }
}
