package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// The Admin API of an engine that runs, for commands that work on it.
final class EngineClient implements AutoCloseable {

    private static final String AUTHOR = "torii-cli";
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// A keychain may wait for its user, and a configuration of many thousand entities takes a
    /// while.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final URI admin;
    private final String author;

    /// @param author who changes something, in the words of the history
    EngineClient(URI admin, String author) {
        this.admin = admin;
        this.author = author;
    }

    /// @throws CommandException when no engine runs there
    static EngineClient of(Path dataDir) {
        return RunningEngine.find(dataDir)
                .map(engine -> new EngineClient(engine.admin(), AUTHOR))
                .orElseThrow(() ->
                        new CommandException(
                                "no engine runs on the data folder "
                                        + dataDir
                                        + "; start it with: torii start, or name another folder"
                                        + " with --data-dir"));
    }

    /// An answer; the body is empty where there is none.
    record Reply(int status, ObjectNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        String message() {
            return body.path("message").asText("the engine answers " + status);
        }

        /// The body.
        ///
        /// @throws CommandException when the engine refuses; the message is the engine's
        ObjectNode expected() {
            if (!ok()) {
                throw new CommandException(message());
            }
            return body;
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
                        .header(AdminPaths.CLIENT_HEADER, author)
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
            return new Reply(response.statusCode(), object(response));
        } catch (IOException e) {
            throw new CommandException(
                    "the engine does not answer on "
                            + admin
                            + "; look whether it still runs, or start it with: torii start",
                    e);
        }
    }

    private ObjectNode object(HttpResponse<byte[]> response) {
        if (response.body().length == 0) {
            return Json.object();
        }
        try {
            if (Json.parse(response.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            // Said below.
        }
        throw new CommandException(
                "what answers on "
                        + admin
                        + " does not speak Torii's Admin API; is it another program, or another"
                        + " version of Torii?");
    }

    /// Asks, and gives the answer's body.
    ///
    /// @throws CommandException when the engine refuses; the message is the engine's
    ObjectNode ask(String method, String path, @Nullable Object body) throws InterruptedException {
        return send(method, path, body).expected();
    }

    @Override
    public void close() {
        http.close();
    }
}
