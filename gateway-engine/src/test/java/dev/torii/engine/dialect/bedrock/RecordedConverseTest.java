package dev.torii.engine.dialect.bedrock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that Bedrock once gave, however the network cuts them, and requests that it took.
class RecordedConverseTest {

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings", "bedrock");

    private static void assumeRecordings() {
        Skip.unless(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
    }

    @TestFactory
    Stream<DynamicTest> readsEveryRecording() throws IOException {
        assumeRecordings();
        List<Path> files;
        try (Stream<Path> all = Files.walk(FOLDER)) {
            files =
                    all.filter(file -> file.toString().endsWith(".json"))
                            .filter(file -> !file.toString().contains("embeddings"))
                            .sorted()
                            .toList();
        }
        System.Logger log = System.getLogger(RecordedConverseTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} recordings of Bedrock", files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> read(file)));
    }

    private static void read(Path file) throws Exception {
        JsonNode response = Json.parse(Files.readAllBytes(file)).path("response");
        int status = response.path("status").intValue();
        var dialect = new BedrockDialect();
        byte[] body = Json.bytes(response.path("body"));
        if (response.has("base64")) {
            streamed(file, Base64.getDecoder().decode(response.path("base64").textValue()));
        } else if (status == 200) {
            LlmAnswer answer = dialect.readAnswer(body);
            check(answer, response.at("/body/usage"));
            assertThat(answer.choices().getFirst().parts())
                    .hasSameSizeAs(response.at("/body/output/message/content"))
                    .noneMatch(Part.Opaque.class::isInstance);
        } else {
            LlmError error =
                    dialect.readError(
                            status, name -> response.path("headers").path(name).textValue(), body);
            assertThat(error.kind())
                    .isEqualTo(status == 403 ? LlmError.Kind.AUTH : LlmError.Kind.CONTEXT);
            assertThat(error.code()).isIn("ValidationException", "UnrecognizedClientException");
            assertThat(error.message()).isEqualTo(response.at("/body/message").textValue());
        }
    }

    private static void streamed(Path file, byte[] bytes) {
        boolean invoked = file.toString().contains("invoke-stream");
        StreamGrammar stream =
                Frames.readHoweverCut(
                        () ->
                                invoked
                                        ? Frames.unwrapped(
                                                new InvokedEvents(error -> new byte[0]),
                                                new AnthropicDialect().reader())
                                        : new BedrockEventReader(),
                        bytes);
        if (file.endsWith("exception-in-stream.json")) {
            assertThat(stream.error().kind()).isEqualTo(LlmError.Kind.INVALID);
            assertThat(stream.error().message())
                    .startsWith("The model returned the following errors: The detected file MIME");
            return;
        }
        check(stream.answer(), lastUsage(bytes));
    }

    /// The counts as they stand in the bytes, found without any reader.
    private static JsonNode lastUsage(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        int at = text.lastIndexOf("\"usage\":");
        if (at < 0) {
            return Json.object();
        }
        String usage = text.substring(at + "\"usage\":".length());
        int depth = 0;
        int end = 0;
        do {
            depth += usage.charAt(end) == '{' ? 1 : usage.charAt(end) == '}' ? -1 : 0;
            end++;
        } while (depth > 0);
        return Objects.requireNonNull(
                Json.parseObjectOrNull(usage.substring(0, end).getBytes(UTF_8)));
    }

    private static void check(LlmAnswer answer, JsonNode usage) {
        TokenUsage counted = Objects.requireNonNull(answer.usage());
        if (usage.has("totalTokens")) {
            assertThat(counted.promptTokens()).isEqualTo(usage.path("inputTokens").longValue());
            assertThat(counted.completionTokens())
                    .isEqualTo(usage.path("outputTokens").longValue());
            assertThat(counted.totalTokens()).isEqualTo(usage.path("totalTokens").longValue());
        }
        assertThat(counted.source()).isEqualTo(TokenUsage.Source.FINAL);
        LlmAnswer.Choice choice = answer.choices().getFirst();
        // What a guardrail stops costs no token.
        assertThat(counted.totalTokens() > 0)
                .isEqualTo(choice.finish().kind() != Finish.Kind.CONTENT_FILTER);
        assertThat(choice.parts()).isNotEmpty();
        assertThat(choice.finish().kind()).isNotEqualTo(Finish.Kind.UNKNOWN);
        for (Part part : choice.parts()) {
            if (part instanceof Part.Thinking(var text, _, var seal)) {
                assertThat(text).isNotEmpty();
                assertThat(Objects.requireNonNull(seal).value()).startsWith("E");
            }
        }
    }

    /// What an OpenAI client would have said, as the body that Bedrock took.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "converse/plain | {\"messages\":[{\"role\":\"user\",\"content\":\"What's 2 + 2?\"}]}",
                "converse/multiturn-system | {\"messages\":[{\"role\":\"system\",\"content\":\"You are a friendly app\"},{\"role\":\"user\",\"content\":\"Say this is a test\"},{\"role\":\"assistant\",\"content\":\"This is a test\"},{\"role\":\"user\",\"content\":\"Say again this is a test\"}]}",
                "converse/reasoning | {\"messages\":[{\"role\":\"user\",\"content\":\"What is 5 + 3?\"}],\"reasoning_effort\":\"minimal\"}",
                "converse/structured-output | {\"messages\":[{\"role\":\"user\",\"content\":\"Generate a person named John who is 30 years old\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"response\",\"schema\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}},\"required\":[\"name\",\"age\"],\"additionalProperties\":false}}}}",
                "converse-stream/guardrail-blocked | {\"max_tokens\":100,\"guardrailConfig\":{\"guardrailIdentifier\":\"guardrail1234\",\"guardrailVersion\":\"DRAFT\",\"trace\":\"enabled\"},\"messages\":[{\"role\":\"user\",\"content\":\"What is the weather like in Paris today?\"}]}",
                "converse-stream/tool-use | {\"messages\":[{\"role\":\"system\",\"content\":\"You must use tools whenever possible.\"},{\"role\":\"user\",\"content\":\"What's the best language to learn?\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"best_language_to_learn\",\"description\":\"Gets the best language to learn\",\"parameters\":{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false,\"strict\":true}}}]}"
            })
    void writesRequestsThatBedrockTook(String recording, String asked) throws Exception {
        assumeRecordings();
        ObjectNode request =
                (ObjectNode)
                        Json.parse(Files.readAllBytes(FOLDER.resolve(recording + ".json")))
                                .path("request");
        ObjectNode taken = (ObjectNode) request.path("body");
        if (taken.path("inferenceConfig").isEmpty()) {
            taken.remove("inferenceConfig");
        }
        ObjectNode body = (ObjectNode) Json.parse(asked);
        body.put("model", request.path("path").textValue().split("/", -1)[2]);
        var losses = new Losses();
        ObjectNode written =
                new BedrockDialect().writeRequest(new ChatDialect().readRequest(body), losses);
        assertThat(written).isEqualTo(taken);
        assertThat(losses.all()).isEmpty();
    }
}
