package dev.torii.engine.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Bytes that pass between two who speak OpenAI's dialect, and what is learnt from them.
class ChatPassThroughTest {

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings");

    private static final List<String> FOLDERS =
            List.of(
                    "azure/chat",
                    "deepseek/chat",
                    "gemini/openai-chat",
                    "groq/chat",
                    "huggingface/chat",
                    "llamacpp/chat",
                    "lmstudio/chat",
                    "mistral/chat",
                    "ollama/openai-chat",
                    "openai/chat",
                    "openai/completions",
                    "openrouter/chat",
                    "perplexity/chat",
                    "together/chat",
                    "vllm/chat",
                    "xai/chat",
                    "zai/chat");

    private static LlmCall call(String body, String options, boolean stream) throws Exception {
        var target =
                new LlmTarget(
                        "x",
                        "m",
                        RouteType.CHAT,
                        (ObjectNode) Json.parse(options),
                        null,
                        null,
                        null);
        return new LlmCall(
                target,
                Exchanges.CHAT,
                new LlmBody(body.getBytes(UTF_8)),
                stream,
                true,
                true,
                true);
    }

    private static String sent(ChatProfile profile, LlmCall call) {
        return new String(
                new ChatPassThrough(new ChatProviderDialect(profile)).encodeRequest(call), UTF_8);
    }

    @Test
    void changesOnlyWhatTheGatewayDecides() throws Exception {
        String body = "{ \"messages\" : [ ],\"model\":\"m\", \"top_k\": 3 , \"x\":1.0 }";
        assertThat(sent(ChatProfile.VLLM, call(body, "{}", false))).isEqualTo(body);
        LlmCall call = call(body, "{\"max_tokens\":9}", true);
        JsonNode sent = Json.parse(sent(ChatProfile.VLLM, call));
        assertThat(sent.path("top_k").intValue()).isEqualTo(3);
        assertThat(sent.path("max_tokens").intValue()).isEqualTo(9);
        assertThat(sent.path("stream_options").path("include_usage").booleanValue()).isTrue();
        assertThat(call.usageUnasked()).isTrue();
    }

    @Test
    void asksNobodyForWhatHeRefuses() throws Exception {
        String body = "{\"messages\":[],\"model\":\"m\",\"top_k\":3}";
        LlmCall call = call(body, "{}", true);
        JsonNode sent = Json.parse(sent(ChatProfile.MISTRAL, call));
        assertThat(sent.has("top_k")).isFalse();
        assertThat(sent.has("stream_options")).isFalse();
        assertThat(call.usageUnasked()).isFalse();
    }

    @Test
    void callsTheLimitAsTheServerDoes() throws Exception {
        String options = "{\"max_tokens\":9}";
        String bare = "{\"messages\":[],\"model\":\"m\"}";
        assertThat(sent(ChatProfile.GROQ, call(bare, options, false)))
                .contains("\"max_completion_tokens\":9");
        assertThat(sent(ChatProfile.OPENAI, call(bare, options, false)))
                .contains("\"max_tokens\":9");
        String own = "{\"messages\":[],\"model\":\"m\",\"max_completion_tokens\":5}";
        assertThat(sent(ChatProfile.LLAMA_CPP, call(own, options, false)))
                .contains("\"max_completion_tokens\":9")
                .doesNotContain("\"max_tokens\"");
    }

    @Test
    void takesAnEmptyReasonForNone() throws Exception {
        String chunk =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\": \"%s\"}]}\n\n";
        var codec = new ChatPassThrough(new ChatProviderDialect(ChatProfile.COMPATIBLE));
        LlmCall call = call("{\"messages\":[]}", "{}", true);
        assertThat(passed(codec.stream(call, "text/event-stream"), chunk.formatted("")))
                .contains("stream_interrupted");
        assertThat(passed(codec.stream(call, "text/event-stream"), chunk.formatted("stop")))
                .doesNotContain("error");
    }

    private static Stream<JsonNode> recordings() throws IOException {
        Skip.unless(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
        Stream.Builder<JsonNode> all = Stream.builder();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    ObjectNode json = Json.parseObjectOrNull(Files.readAllBytes(file));
                    if (json != null && json.path("response").path("status").intValue() == 200) {
                        all.add(json);
                    }
                }
            }
        }
        return all.build();
    }

    /// Only an event that is nothing else ends a stream, and not a text that spells it.
    @Test
    void doesNotTakeATextForTheEnd() throws Exception {
        var codec = new ChatPassThrough(new ChatProviderDialect(ChatProfile.OPENAI));
        LlmCall call = call("{\"messages\":[]}", "{}", true);
        String chunk =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"data: [DONE]\"}}]}\n\n";

        assertThat(passed(codec.stream(call, "text/event-stream"), chunk))
                .contains(EventReader.CUT_SHORT);
        for (String end :
                List.of("data: [DONE]\n\n", "data:[DONE]\r\n\r\n", ": x\ndata: [DONE]\n\n")) {
            assertThat(passed(codec.stream(call, "text/event-stream"), chunk + end))
                    .isEqualTo(chunk + end);
        }
    }

    @TestFactory
    Stream<DynamicTest> countsEveryRecordingAndPassesItOn() throws IOException {
        return recordings()
                .map(recording ->
                        DynamicTest.dynamicTest(
                                recording.path("id").asText(),
                                () -> replay(recording.path("response"))));
    }

    /// What is read along is what a translation would have read.
    private static void replay(JsonNode response) throws Exception {
        var dialect = new ChatProviderDialect(ChatProfile.COMPATIBLE);
        var codec = new ChatPassThrough(dialect);
        LlmCall call = call("{\"messages\":[]}", "{}", response.has("sse"));
        if (response.has("sse")) {
            String sse = response.path("sse").textValue();
            assertThat(passed(codec.stream(call, "text/event-stream"), sse)).isEqualTo(sse);
            if (!sse.contains("\"text_completion\"")) {
                StreamGrammar read = StreamGrammar.read(dialect.reader(), sse);
                assertThat(call.usage()).isEqualTo(read.answer().usage());
                assertThat(call.responseModel()).isEqualTo(read.answer().model());
            } else {
                assertThat(call.usage()).isNotNull();
            }
        } else {
            byte[] body = Json.bytes(response.path("body"));
            assertThat(codec.decodeAnswer(call, body)).isEqualTo(body);
            assertThat(call.usage()).isEqualTo(dialect.readAnswer(body).usage());
        }
    }

    private static String passed(AnswerStream stream, String sse) {
        StringBuilder out = new StringBuilder();
        for (byte[] piece : StreamGrammar.cut(sse.getBytes(UTF_8), () -> 97)) {
            out.append(UTF_8.decode(stream.onBytes(ByteBuffer.wrap(piece))));
        }
        out.append(UTF_8.decode(stream.onEnd()));
        return out.toString();
    }
}
