package dev.torii.engine.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Answers that Anthropic once gave, however the network cuts them.
class RecordedMessagesTest {

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings", "anthropic");

    @TestFactory
    Stream<DynamicTest> readsEveryRecording() throws IOException {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
        List<Path> files;
        try (Stream<Path> all = Files.walk(FOLDER)) {
            files =
                    all.filter(file -> file.toString().endsWith(".json"))
                            .filter(file -> !file.toString().contains("count_tokens"))
                            .sorted()
                            .toList();
        }
        System.Logger log = System.getLogger(RecordedMessagesTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} recordings of Anthropic", files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> read(file)));
    }

    private static void read(Path file) throws Exception {
        JsonNode response = Json.parse(Files.readAllBytes(file)).path("response");
        int status = response.path("status").intValue();
        var dialect = new AnthropicDialect();
        if (response.has("sse")) {
            check(
                    StreamGrammar.readHoweverCut(
                                    AnthropicEventReader::new, response.path("sse").textValue())
                            .answer());
        } else if (status == 200) {
            check(dialect.readAnswer(Json.bytes(response.path("body"))));
        } else {
            LlmError error = dialect.readError(status, Json.bytes(response.path("body")));
            assertThat(error.kind().status()).isEqualTo(status);
            assertThat(error.message())
                    .isNotEqualTo("the provider answered " + status + " and gave no reason");
        }
    }

    private static void check(LlmAnswer answer) {
        assertThat(answer.id()).startsWith("msg_");
        assertThat(answer.model()).isNotEmpty();
        assertThat(answer.choices()).hasSize(1);
        assertThat(answer.usage()).isNotNull();
        assertThat(Objects.requireNonNull(answer.usage()).totalTokens()).isPositive();
    }
}
