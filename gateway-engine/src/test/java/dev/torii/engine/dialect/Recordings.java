package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/// What providers once were asked and answered, where such recordings lie beside this project.
public final class Recordings {

    /// Beside this project, or where `TORII_RECORDINGS` says.
    private static final Path FOLDER =
            Path.of(
                    Objects.requireNonNullElse(
                            System.getenv("TORII_RECORDINGS"), "../../shared/recordings"));

    private Recordings() {}

    /// One exchange.
    ///
    /// @param name such as `cohere/chat/plain`
    public record Recording(String name, JsonNode json) {

        public ObjectNode request() {
            return (ObjectNode) json.path("request").path("body");
        }

        public JsonNode response() {
            return json.path("response");
        }

        public int status() {
            return response().path("status").intValue();
        }

        /// Such as `cohere/chat`.
        public String api() {
            return name.substring(0, name.lastIndexOf('/'));
        }

        public String path() {
            return json.path("request").path("path").textValue();
        }

        /// The answer's bytes.
        public byte[] body() {
            for (String field : new String[] {"raw", "sse", "ndjson", "text"}) {
                if (response().has(field)) {
                    return response().path(field).textValue().getBytes(StandardCharsets.UTF_8);
                }
            }
            return response().has("base64")
                    ? Base64.getDecoder().decode(response().path("base64").textValue())
                    : Json.bytes(response().path("body"));
        }

        /// The answer's bytes as the network cut them, or might have.
        public List<byte[]> pieces() {
            Iterator<JsonNode> sizes = response().path("chunk_sizes").iterator();
            var random = new Random(40);
            return StreamGrammar.cut(
                    body(),
                    () -> sizes.hasNext() ? sizes.next().intValue() : 1 + random.nextInt(400));
        }

        public boolean isStream() {
            return response().has("sse") || response().has("ndjson") || response().has("base64");
        }
    }

    /// All there are; none where there is no such folder.
    public static List<Recording> all() throws IOException, MalformedJsonException {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        List<Recording> all = new ArrayList<>();
        for (Path file : files(FOLDER)) {
            JsonNode json = Json.parse(Files.readAllBytes(file));
            all.add(new Recording(json.path("id").textValue(), json));
        }
        return all;
    }

    private static List<Path> files(Path under) throws IOException {
        try (Stream<Path> all = Files.walk(under)) {
            return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    /// A test for each recording in a folder; none where there is no such folder.
    public static Stream<DynamicTest> each(String folder, ThrowingConsumer<Recording> test)
            throws IOException {
        Path under = FOLDER.resolve(folder);
        Skip.unless(
                Files.isDirectory(under),
                "no recordings beside this project, so none is replayed here");
        return files(under).stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.toString(),
                                () -> {
                                    JsonNode json = Json.parse(Files.readAllBytes(file));
                                    test.accept(new Recording(json.path("id").textValue(), json));
                                }));
    }
}
