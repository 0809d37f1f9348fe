package dev.torii.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.RunningEngine;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The Admin API of the engine that runs on a data folder, for commands that work on it.
final class EngineClient implements AutoCloseable {

    private static final String CLIENT = "torii-cli";
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// A keychain may wait for its user.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final URI admin;

    private EngineClient(URI admin) {
        this.admin = admin;
    }

    /// @throws CommandException when no engine runs there
    static EngineClient of(Path dataDir) {
        return RunningEngine.find(dataDir)
                .map(engine -> new EngineClient(engine.admin()))
                .orElseThrow(() ->
                        new CommandException(
                                "no engine runs on the data folder "
                                        + dataDir
                                        + "; start it with: torii start, or name another folder"
                                        + " with --data-dir"));
    }

    /// An answer; the body is missing where there is none.
    record Reply(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        String message() {
            return body.path("message").asText("the engine answers " + status);
        }
    }

    /// Asks, and gives what came, whatever its status.
    ///
    /// @param body sent as JSON; null sends none
    /// @throws CommandException when the engine cannot be reached
    Reply send(String method, String path, @Nullable Object body) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(admin.resolve(path))
                        .timeout(PATIENCE)
                        .header(AdminPaths.CLIENT_HEADER, CLIENT)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(Json.bytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            byte[] answer = response.body();
            return new Reply(
                    response.statusCode(), answer.length == 0 ? Json.object() : Json.parse(answer));
        } catch (IOException | MalformedJsonException e) {
            throw new CommandException(
                    "the engine does not answer on "
                            + admin
                            + "; look whether it still runs, or start it with: torii start");
        }
    }

    /// Asks, and gives the answer's body.
    ///
    /// @throws CommandException when the engine refuses; the message is the engine's
    JsonNode ask(String method, String path, @Nullable Object body) throws InterruptedException {
        Reply reply = send(method, path, body);
        if (!reply.ok()) {
            throw new CommandException(reply.message());
        }
        return reply.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
