package dev.torii.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Real exchanges with OpenAI, replayed: the official SDK asks through the gateway, the upstream
/// answers as it once did, and every token must be found in the ledger again.
class RecordedChatsIT extends OpenAiSdkBench {

    private static final String SYSTEM = "あなたは優秀なアシスタントです";

    @Override
    String proxy(String address) {
        return """
        {"route_type":"llm/v1/chat",
        "auth":{"header_name":"Authorization","header_value":"Bearer sk-the-real-key"},
        "model":{"provider":"openai","options":{"upstream_url":"%s/v1/chat/completions"}}}\
        """
                .formatted(address);
    }

    @Test
    void everyRecordedChatComesThroughWholeAndIsCounted() throws Exception {
        List<JsonNode> recordings = recordings();
        Counted counted = replayAll(recordings, 0);

        JsonNode total = gateway.get("/torii/usage").path("data").path(0);
        assertThat(total.path("requests").intValue()).isEqualTo(recordings.size());
        assertThat(total.path("estimated").intValue()).isEqualTo(counted.uncounted());
        long estimatedPrompt = 0;
        long estimatedCompletion = 0;
        for (JsonNode request : gateway.get("/torii/requests?size=1000").path("data")) {
            if (request.path("estimated").booleanValue()) {
                estimatedPrompt += request.path("prompt_tokens").longValue();
                estimatedCompletion += request.path("completion_tokens").longValue();
            }
        }
        assertThat(total.path("prompt_tokens").longValue() - estimatedPrompt)
                .isEqualTo(counted.promptTokens());
        assertThat(total.path("completion_tokens").longValue() - estimatedCompletion)
                .isEqualTo(counted.completionTokens());
    }

    @Test
    void everyRecordedChatIsDecoratedAndGuarded() throws Exception {
        List<JsonNode> recordings = recordings();
        Path log = folder.resolve("requests.log");
        gateway.post(
                "/plugins",
                "{\"name\":\"file-log\",\"config\":{\"path\":" + Json.text(log.toString()) + "}}");
        gateway.post("/plugins", "{\"name\":\"prometheus\",\"config\":{\"ai_metrics\":true}}");
        gateway.post(
                "/services/chat-service/plugins",
                """
                {"name":"ai-prompt-decorator","config":{"prompts":{"prepend":[
                  {"role":"system","content":"%s"}]}}}\
                """
                        .formatted(SYSTEM));
        gateway.post(
                "/services/chat-service/plugins",
                "{\"name\":\"ai-prompt-guard\",\"config\":{\"deny_patterns\":[\".*登山.*\"]}}");

        replayAll(recordings, 1);

        ChatCompletionCreateParams climbing =
                ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addUserMessage("おすすめの登山コースは？")
                        .build();
        assertThatThrownBy(() -> sdk.chat().completions().create(climbing))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refused -> assertThat(refused.getMessage()).contains("bad request"));
        assertThat(upstream.waiting()).isZero();
        JsonNode byRoute = gateway.get("/torii/usage?group_by=route").path("data").path(0);
        assertThat(byRoute.path("group").path("route").textValue()).isEqualTo("chat-route");
        assertThat(byRoute.path("requests").intValue()).isEqualTo(recordings.size() + 1);
        assertThat(Files.readAllLines(log)).hasSize(recordings.size() + 1);
        assertThat(Files.readString(log)).doesNotContain("sk-the-real-key");
    }

    /// What the recordings themselves say they took.
    private record Counted(long promptTokens, long completionTokens, int uncounted) {}

    private Counted replayAll(List<JsonNode> recordings, int prepended) throws Exception {
        Skip.unless(
                !recordings.isEmpty(),
                "no recordings beside the project: ../shared/recordings/openai/chat");
        long promptTokens = 0;
        long completionTokens = 0;
        int uncounted = 0;
        for (JsonNode recording : recordings) {
            JsonNode usage = replay(recording, recording.path("id").textValue(), prepended);
            promptTokens += usage.path("prompt_tokens").longValue();
            completionTokens += usage.path("completion_tokens").longValue();
            if (usage.isMissingNode()
                    && recording.path("response").path("status").intValue() == 200) {
                uncounted++;
            }
        }
        System.out.println("Replayed " + recordings.size() + " recorded chats");
        return new Counted(promptTokens, completionTokens, uncounted);
    }

    /// Asks as the recorded client did, and gives the recorded usage.
    private JsonNode replay(JsonNode recording, String id, int prepended) throws Exception {
        JsonNode answer = recording.path("response");
        int status = answer.path("status").intValue();
        JsonNode body = recording.path("request").path("body");
        upstream.enqueue(answerOf(answer));
        ChatCompletionCreateParams params =
                ChatCompletionCreateParams.builder()
                        .body(
                                ObjectMappers.jsonMapper()
                                        .readValue(
                                                Json.bytes(body),
                                                ChatCompletionCreateParams.Body.class))
                        .build();
        JsonNode usage;
        if (status != 200) {
            usage = Json.object().path("none");
            try {
                sdk.chat().completions().create(params);
                throw new AssertionError(id + ": the SDK took an error for an answer");
            } catch (OpenAIServiceException e) {
                assertThat(e.statusCode()).as(id).isEqualTo(status);
            }
        } else if (body.path("stream").asBoolean()) {
            usage = replayStream(id, answer, body, params);
        } else {
            ChatCompletion completion = sdk.chat().completions().create(params);
            JsonNode expected = answer.path("body");
            assertThat(completion.id()).as(id).isEqualTo(expected.path("id").textValue());
            assertThat(completion.choices()).as(id).hasSize(expected.path("choices").size());
            usage = expected.path("usage");
        }
        Received received = upstream.take();
        assertThat(received.header("authorization")).as(id).isEqualTo("Bearer sk-the-real-key");
        assertThat(received.headers().toString()).as(id).doesNotContain("dummy");
        ObjectNode sent = (ObjectNode) Json.parse(received.body());
        if (!body.path("stream_options").path("include_usage").asBoolean()) {
            sent.remove("stream_options");
        }
        sent.remove("stream");
        ObjectNode asked = body.deepCopy();
        asked.remove("stream");
        ArrayNode messages = (ArrayNode) sent.path("messages");
        for (int i = 0; i < prepended; i++) {
            assertThat(messages.remove(0).path("content").textValue()).as(id).isEqualTo(SYSTEM);
        }
        assertThat(messages).as(id).isEqualTo(asked.path("messages"));
        assertThat(sent.path("model")).as(id).isEqualTo(asked.path("model"));
        assertThat(sent.path("tools")).as(id).isEqualTo(asked.path("tools"));
        return usage;
    }

    private JsonNode replayStream(
            String id, JsonNode answer, JsonNode body, ChatCompletionCreateParams params)
            throws Exception {
        List<JsonNode> chunks = new ArrayList<>();
        JsonNode usage = Json.object().path("none");
        for (String line : answer.path("sse").textValue().split("\n", -1)) {
            if (line.startsWith("data: {")) {
                JsonNode chunk = Json.parse(line.substring("data: ".length()));
                chunks.add(chunk);
                if (chunk.path("usage").isObject()) {
                    usage = chunk.path("usage");
                }
            }
        }
        boolean asked = body.path("stream_options").path("include_usage").asBoolean();
        long expected =
                chunks.stream()
                        .filter(chunk ->
                                asked
                                        || !chunk.path("choices").isEmpty()
                                        || !chunk.path("usage").isObject())
                        .count();
        List<ChatCompletionChunk> seen;
        try (var stream = sdk.chat().completions().createStreaming(params)) {
            seen = stream.stream().toList();
        }
        assertThat(seen).as(id).hasSize((int) expected);
        return usage;
    }

    private static FakeUpstream.Answer answerOf(JsonNode answer) {
        int status = answer.path("status").intValue();
        String type = answer.path("headers").path("content-type").asText("application/json");
        if (answer.has("sse")) {
            return FakeUpstream.stream(answer.path("sse").textValue());
        }
        String body =
                answer.has("raw")
                        ? answer.path("raw").textValue()
                        : answer.has("text")
                                ? answer.path("text").textValue()
                                : Json.text(answer.path("body"));
        return FakeUpstream.whole(status, type, body);
    }

    private static List<JsonNode> recordings() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        Path chats =
                folder == null
                        ? Path.of("none")
                        : folder.resolveSibling("shared/recordings/openai/chat");
        if (!Files.isDirectory(chats)) {
            return List.of();
        }
        try (var files = Files.list(chats)) {
            return files.sorted().map(RecordedChatsIT::read).toList();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Json.MAPPER.readTree(new String(Files.readAllBytes(file), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
