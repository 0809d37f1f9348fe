package dev.torii.engine.dialect;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/// What providers once were asked and answered, where such recordings lie beside this project.
public final class Recordings {

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings");

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

        /// The answer's bytes.
        public byte[] body() {
            for (String field : new String[] {"sse", "ndjson", "text"}) {
                if (response().has(field)) {
                    return response().path(field).textValue().getBytes(StandardCharsets.UTF_8);
                }
            }
            return Json.bytes(response().path("body"));
        }

        public boolean isStream() {
            return response().has("sse") || response().has("ndjson");
        }
    }

    /// A test for each recording in a folder; none where there is no such folder.
    public static Stream<DynamicTest> each(String folder, ThrowingConsumer<Recording> test)
            throws IOException {
        Path under = FOLDER.resolve(folder);
        assumeTrue(
                Files.isDirectory(under),
                "no recordings beside this project, so none is replayed here");
        List<Path> files;
        try (Stream<Path> all = Files.walk(under)) {
            files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.toString(),
                                () -> {
                                    JsonNode json = Json.parse(Files.readAllBytes(file));
                                    test.accept(new Recording(json.path("id").textValue(), json));
                                }));
    }
}
