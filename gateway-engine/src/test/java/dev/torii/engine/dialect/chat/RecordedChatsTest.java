package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What servers of this dialect once were asked and answered, however the network cuts it.
class RecordedChatsTest {

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings");

    private static final Map<String, ChatProfile> PROFILES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("azure/chat", ChatProfile.AZURE),
                            Map.entry("deepseek/chat", ChatProfile.DEEPSEEK),
                            Map.entry("gemini/openai-chat", ChatProfile.COMPATIBLE),
                            Map.entry("groq/chat", ChatProfile.GROQ),
                            Map.entry("huggingface/chat", ChatProfile.HUGGINGFACE),
                            Map.entry("llamacpp/chat", ChatProfile.LLAMA_CPP),
                            Map.entry("lmstudio/chat", ChatProfile.LM_STUDIO),
                            Map.entry("mistral/chat", ChatProfile.MISTRAL),
                            Map.entry("ollama/openai-chat", ChatProfile.OLLAMA),
                            Map.entry("openai/chat", ChatProfile.OPENAI),
                            Map.entry("openrouter/chat", ChatProfile.OPENROUTER),
                            Map.entry("perplexity/chat", ChatProfile.PERPLEXITY),
                            Map.entry("together/chat", ChatProfile.TOGETHER),
                            Map.entry("vllm/chat", ChatProfile.VLLM),
                            Map.entry("xai/chat", ChatProfile.XAI),
                            Map.entry("zai/chat", ChatProfile.ZAI)));

    /// One exchange.
    private record Recording(String id, ChatProfile profile, JsonNode json) {

        JsonNode response() {
            return json.path("response");
        }

        int status() {
            return response().path("status").intValue();
        }
    }

    private static Stream<Recording> recordings() throws IOException {
        Skip.unless(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
        Stream.Builder<Recording> all = Stream.builder();
        for (var entry : PROFILES.entrySet()) {
            try (Stream<Path> files = Files.list(FOLDER.resolve(entry.getKey()))) {
                for (Path file : files.sorted().toList()) {
                    all.add(
                            new Recording(
                                    entry.getKey() + "/" + file.getFileName(),
                                    entry.getValue(),
                                    Objects.requireNonNull(
                                            Json.parseObjectOrNull(Files.readAllBytes(file)))));
                }
            }
        }
        return all.build();
    }

    @TestFactory
    Stream<DynamicTest> readsEveryAnswer() throws IOException {
        return recordings()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.id(), () -> readAnswer(recording)));
    }

    private static void readAnswer(Recording recording) throws Exception {
        JsonNode response = recording.response();
        var dialect = new ChatProviderDialect(recording.profile());
        if (response.has("sse")) {
            StreamGrammar read =
                    StreamGrammar.readHoweverCut(
                            ChatEventReader::new, response.path("sse").textValue());
            if (recording.id().contains("error-inside")) {
                assertThat(read.error().kind()).isEqualTo(LlmError.Kind.INVALID);
                assertThat(read.error().message()).isNotEmpty();
            } else {
                checkStream(read.answer(), response.path("sse").textValue());
            }
        } else if (recording.status() == 200) {
            byte[] body =
                    response.has("raw")
                            ? response.path("raw").textValue().getBytes(UTF_8)
                            : Json.bytes(response.path("body"));
            // As it came: the dialect may tell thoughts from text.
            assertThat(dialect.readAnswer(body).choices()).isNotEmpty();
            checkWhole(
                    ChatAnswerReader.read(Objects.requireNonNull(Json.parseObjectOrNull(body))),
                    response.path("body"));
        } else {
            LlmError error =
                    dialect.readError(recording.status(), Json.bytes(response.path("body")));
            assertThat(error.kind().status()).isEqualTo(recording.status());
            assertThat(error.message())
                    .isNotEqualTo(
                            "the provider answered " + recording.status() + " and gave no reason");
        }
    }

    private static void checkWhole(LlmAnswer answer, JsonNode body) {
        assertThat(answer.id()).isEqualTo(body.path("id").textValue());
        assertThat(answer.model()).isEqualTo(body.path("model").textValue());
        assertThat(answer.created()).isEqualTo(body.path("created").asLong()).isPositive();
        assertThat(answer.choices()).hasSize(body.path("choices").size());
        checkUsage(answer.usage(), body.path("usage"));
        for (int i = 0; i < answer.choices().size(); i++) {
            JsonNode choice = body.path("choices").path(i);
            checkChoice(
                    answer.choices().get(i),
                    text(choice.path("message").path("content")),
                    choice.path("message").path("tool_calls").size(),
                    choice.path("finish_reason").textValue());
        }
    }

    private static void checkStream(LlmAnswer answer, String sse) throws Exception {
        StringBuilder text = new StringBuilder();
        int calls = 0;
        String finish = null;
        JsonNode usage = Json.object();
        String id = "";
        for (String line : sse.lines().toList()) {
            if (!line.startsWith("data: {")) {
                continue;
            }
            JsonNode chunk = Json.parse(line.substring(6));
            id = chunk.path("id").textValue();
            usage = chunk.path("usage").isObject() ? chunk.path("usage") : usage;
            for (JsonNode choice : chunk.path("choices")) {
                text.append(text(choice.path("delta").path("content")));
                for (JsonNode call : choice.path("delta").path("tool_calls")) {
                    calls += call.path("id").asText("").isEmpty() ? 0 : 1;
                }
                String reason = choice.path("finish_reason").textValue();
                finish = reason == null ? finish : reason;
            }
        }
        assertThat(answer.id()).isEqualTo(id);
        assertThat(answer.choices()).hasSize(1);
        checkChoice(answer.choices().getFirst(), text.toString(), calls, finish);
        checkUsage(answer.usage(), usage);
    }

    /// What Mistral's arrays say beside thoughts.
    private static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.isTextual() ? content.textValue() : "");
        content.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    private static void checkChoice(
            LlmAnswer.Choice choice, String text, int calls, @Nullable String finish) {
        StringBuilder said = new StringBuilder();
        int called = 0;
        for (Part part : choice.parts()) {
            switch (part) {
                case Part.Text(var piece, var _, var _) -> said.append(piece);
                case Part.ToolCall call -> {
                    called++;
                    assertThat(call.id()).isNotEmpty();
                    assertThat(call.name()).isNotEmpty();
                    assertThat(Json.parseObjectOrNull(call.arguments().getBytes(UTF_8)))
                            .isNotNull();
                }
                case Part.Thinking(var thought, var _, var _) -> assertThat(thought).isNotEmpty();
                default -> throw new AssertionError(part);
            }
        }
        assertThat(said.toString()).isEqualTo(text);
        assertThat(called).isEqualTo(calls);
        assertThat(ChatFinish.word(choice.finish())).isEqualTo(finish);
    }

    private static void checkUsage(@Nullable TokenUsage usage, JsonNode raw) {
        if (raw.isEmpty()) {
            assertThat(usage).isNull();
            return;
        }
        TokenUsage read = Objects.requireNonNull(usage);
        assertThat(read.totalTokens()).isEqualTo(raw.path("total_tokens").asLong());
        assertThat(read.promptTokens()).isEqualTo(raw.path("prompt_tokens").asLong());
        assertThat(read.cacheRead())
                .isEqualTo(
                        Math.min(
                                read.promptTokens(),
                                raw.path("prompt_tokens_details").path("cached_tokens").asLong()));
        assertThat(read.output()).isGreaterThanOrEqualTo(read.reasoning());
    }

    @TestFactory
    Stream<DynamicTest> writesEveryRequestAsItWas() throws IOException {
        return recordings()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.id(), () -> writeAgain(recording)));
    }

    private static void writeAgain(Recording recording) throws Exception {
        ObjectNode body = (ObjectNode) recording.json().path("request").path("body");
        LlmRequest request = new ChatDialect().readRequest(body);
        var dialect = new ChatProviderDialect(recording.profile());
        ObjectNode written = dialect.writeRequest(request, new Losses());
        assertThat(Json.bytes(dialect.writeRequest(request, new Losses())))
                .isEqualTo(Json.bytes(written));
        assertThat(Json.parse(Json.text(usual(written, recording.profile()))))
                .isEqualTo(Json.parse(Json.text(usual(body, recording.profile()))));
    }

    /// The same in the words of the profile: what means nothing is left out, and what is said in
    /// several ways is said in one.
    private static ObjectNode usual(ObjectNode given, ChatProfile profile) {
        ObjectNode body = given.deepCopy();
        dropNulls(body);
        if (!body.path("stream").asBoolean()) {
            body.remove(List.of("stream", "stream_options"));
        } else if (!profile.has(ChatProfile.Feature.STREAM_USAGE)) {
            body.remove("stream_options");
        } else {
            body.putObject("stream_options").put("include_usage", true);
        }
        if (body.path("tools").isEmpty()) {
            body.remove(List.of("tools", "tool_choice"));
        }
        if (body.path("n").asInt() == 1) {
            body.remove("n");
        }
        for (String limit : List.of("max_tokens", "max_completion_tokens")) {
            JsonNode tokens = body.remove(limit);
            if (tokens != null) {
                body.set("limit", tokens);
            }
        }
        for (JsonNode tool : body.path("tools")) {
            if (!profile.has(ChatProfile.Feature.STRICT)) {
                ((ObjectNode) tool.path("function")).remove("strict");
            }
        }
        if (!profile.has(ChatProfile.Feature.UNKNOWN_FIELDS)) {
            body.remove("usage");
        }
        for (JsonNode message : body.path("messages")) {
            usualMessage((ObjectNode) message);
        }
        return body;
    }

    private static void usualMessage(ObjectNode message) {
        // Both names at once say the same.
        JsonNode thought = message.remove(ChatThinking.TEXT);
        if (thought != null && !message.has(ChatThinking.REASONING)) {
            message.set(ChatThinking.REASONING, thought);
        }
        for (JsonNode call : message.path("tool_calls")) {
            ((ObjectNode) call).remove("index");
        }
        if (!message.path("role").asText().equals("assistant") && !message.has("content")) {
            message.put("content", "");
        }
        for (JsonNode part : message.path("content")) {
            if (part.path("image_url").isTextual()) {
                JsonNode url = part.path("image_url");
                ((ObjectNode) part).putObject("image_url").set("url", url);
            }
        }
        if (message.get("content") instanceof ArrayNode parts
                && parts.size() == 1
                && parts.path(0).path("type").asText().equals("text")) {
            message.set("content", parts.path(0).path("text"));
        }
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Iterator<JsonNode> values = object.elements(); values.hasNext(); ) {
                if (values.next().isNull()) {
                    values.remove();
                }
            }
        }
        node.forEach(RecordedChatsTest::dropNulls);
    }
}
