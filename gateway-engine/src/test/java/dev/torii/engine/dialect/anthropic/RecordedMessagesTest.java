package dev.torii.engine.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import java.io.ByteArrayOutputStream;
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
        List<Path> files =
                files().stream().filter(file -> !file.toString().contains("count_tokens")).toList();
        System.Logger log = System.getLogger(RecordedMessagesTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} recordings of Anthropic", files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> read(file)));
    }

    private static List<Path> files() throws IOException {
        Skip.unless(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
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

    /// What a client says to Anthropic is the same when it is read and written again.
    @TestFactory
    Stream<DynamicTest> saysEveryRecordedRequestAgain() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> sayAgain(file)));
    }

    private static void sayAgain(Path file) throws Exception {
        JsonNode request = Json.parse(Files.readAllBytes(file)).path("request");
        ObjectNode body = (ObjectNode) request.path("body");
        AnthropicHost host =
                body.has("anthropic_version") ? AnthropicHost.VERTEX : AnthropicHost.ANTHROPIC;
        var dialect = new AnthropicDialect(host);
        var losses = new Losses();
        LlmRequest read = new AnthropicClientDialect().readRequest(body.deepCopy());
        ObjectNode written = dialect.writeRequest(read, losses);
        if (!body.has("max_tokens")) {
            // A question how long a request is has none.
            written.remove("max_tokens");
        }
        assertThat(Normal.of(host.body(written, List.of()))).isEqualTo(Normal.of(body));
        assertThat(losses.all()).isEmpty();
    }

    /// What a client gets is what Anthropic said, when it is read and written again.
    @TestFactory
    Stream<DynamicTest> givesEveryRecordedAnswerAgain() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> giveAgain(file)));
    }

    private static void giveAgain(Path file) throws Exception {
        JsonNode recording = Json.parse(Files.readAllBytes(file));
        JsonNode response = recording.path("response");
        var client = new AnthropicClientDialect();
        LlmRequest request =
                client.readRequest((ObjectNode) recording.path("request").path("body"));
        var dialect = new AnthropicDialect();
        if (response.has("sse")) {
            String stream = response.path("sse").textValue();
            StreamGrammar first = StreamGrammar.read(new AnthropicEventReader(), stream);
            EventWriter writer = client.writer(request);
            var out = new ByteArrayOutputStream();
            first.events().forEach(event -> writer.write(event, out));
            StreamGrammar again =
                    StreamGrammar.readHoweverCut(AnthropicEventReader::new, out.toString(UTF_8));
            assertThat(again.answer()).isEqualTo(first.answer());
        } else if (response.path("status").intValue() == 200
                && response.path("body").has("content")) {
            LlmAnswer answer = dialect.readAnswer(Json.bytes(response.path("body")));
            JsonNode written = Json.parse(client.writeAnswer(answer, request));
            for (var field : written.path("usage").properties()) {
                assertThat(field.getValue())
                        .isEqualTo(response.at("/body/usage/" + field.getKey()));
            }
            assertThat(dialect.readAnswer(Json.bytes(written))).isEqualTo(answer);
        } else if (response.path("status").intValue() >= 400) {
            byte[] body = Json.bytes(response.path("body"));
            LlmError error = dialect.readError(response.path("status").intValue(), body);
            assertThat(client.status(error)).isEqualTo(response.path("status").intValue());
            assertThat(Json.parse(client.writeError(error)).path("error"))
                    .isEqualTo(response.at("/body/error"));
        } else {
            long tokens = response.at("/body/input_tokens").longValue();
            assertThat(Json.parse(client.writeCount(tokens))).isEqualTo(response.path("body"));
        }
    }
}
