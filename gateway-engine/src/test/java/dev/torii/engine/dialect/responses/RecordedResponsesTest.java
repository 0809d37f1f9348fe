package dev.torii.engine.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.models.responses.Response;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Answers that OpenAI, Azure, DeepSeek and xAI once gave, however the network cuts them; and the
/// same answers as this dialect would have given them.
class RecordedResponsesTest {

    private static final Path FOLDER = Path.of("..", "..", "shared", "recordings");

    /// What is not the same from answer to answer, or only one vendor's.
    private static final Set<String> ASIDE =
            Set.of(
                    "id",
                    "item_id",
                    "obfuscation",
                    "phase",
                    "encrypted_content",
                    "response",
                    "cache_write_tokens",
                    "num_sources_used",
                    "num_server_side_tools_used",
                    "cost_in_usd_ticks",
                    "context_details");

    @TestFactory
    Stream<DynamicTest> readsEveryRecording() throws IOException {
        Skip.unless(
                Files.isDirectory(FOLDER),
                "no recordings beside this project, so none is replayed here");
        List<Path> files = new ArrayList<>();
        for (String provider : List.of("openai", "azure", "deepseek", "xai")) {
            try (Stream<Path> all = Files.walk(FOLDER.resolve(provider).resolve("responses"))) {
                all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(18);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> read(file)));
    }

    private static void read(Path file) throws Exception {
        JsonNode recording = Json.parse(Files.readAllBytes(file));
        JsonNode response = recording.path("response");
        LlmRequest request = request(recording.path("request").path("body"));
        int status = response.path("status").intValue();
        if (response.has("sse")) {
            streamed(request, response.path("sse").textValue());
        } else if (status == 200) {
            whole(request, response.path("body"));
        } else {
            error(status, response);
        }
    }

    private static LlmRequest request(JsonNode body) throws Exception {
        var dialect = new ResponsesDialect();
        if (!(body instanceof ObjectNode object)) {
            return dialect.readRequest((ObjectNode) Json.parse("{\"input\":\"q\"}"));
        }
        LlmRequest request = dialect.readRequest(object);
        var losses = new Losses();
        ObjectNode again = dialect.writeRequest(request, losses);
        assertThat(losses.all()).isEmpty();
        assertThat(normal(again, true)).isEqualTo(normal(object, true));
        return request;
    }

    private static void streamed(LlmRequest request, String sse) throws Exception {
        StreamGrammar read = StreamGrammar.readHoweverCut(ResponsesEventReader::new, sse);
        WrittenStream written = WrittenStream.of(request, read.events());
        List<JsonNode> recorded = events(sse);
        assertThat(written.types())
                .isEqualTo(recorded.stream().map(event -> event.path("type").asText()).toList());
        for (int i = 0; i < recorded.size(); i++) {
            JsonNode event = written.events().get(i);
            if (recorded.get(i).path("type").asText().equals("error")) {
                assertThat(read.error().kind()).isEqualTo(LlmError.Kind.QUOTA);
                assertThat(event.path("error")).isEqualTo(recorded.get(i).path("error"));
            } else {
                assertThat(normal(event, false)).isEqualTo(normal(recorded.get(i), false));
            }
            if (event.has("response")) {
                checkResponse(event.path("response"), recorded.get(i).path("response"));
            }
        }
        if (recorded.getLast().path("type").asText().equals("response.completed")) {
            written.accumulated();
            checkUsage(read.answer(), recorded.getLast().path("response").path("usage"));
            assertThat(written.readAgain().answer().choices())
                    .hasSameSizeAs(read.answer().choices());
        }
    }

    private static List<JsonNode> events(String sse) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : sse.split("\r?\n", -1)) {
            if (line.startsWith("data: {")) {
                events.add(Json.parse(line.substring("data: ".length())));
            }
        }
        return events;
    }

    private static void whole(LlmRequest request, JsonNode body) throws Exception {
        var dialect = new ResponsesDialect();
        LlmAnswer answer = dialect.readAnswer(Json.bytes(body));
        assertThat(answer.id()).isEqualTo(body.path("id").asText());
        assertThat(answer.created()).isEqualTo(body.path("created_at").longValue());
        checkUsage(answer, body.path("usage"));
        byte[] written = dialect.writeAnswer(answer, request);
        ObjectMappers.jsonMapper().readValue(written, Response.class).validate();
        checkResponse(Json.parse(written), body);
    }

    private static void checkUsage(LlmAnswer answer, JsonNode recorded) {
        TokenUsage usage = Objects.requireNonNull(answer.usage());
        assertThat(usage.promptTokens()).isEqualTo(recorded.path("input_tokens").longValue());
        assertThat(usage.completionTokens()).isEqualTo(recorded.path("output_tokens").longValue());
        assertThat(usage.totalTokens()).isEqualTo(recorded.path("total_tokens").longValue());
        assertThat(usage.reasoning())
                .isEqualTo(
                        recorded.path("output_tokens_details")
                                .path("reasoning_tokens")
                                .longValue());
    }

    /// All that is said of the answer; what the request did not say, a vendor may fill in.
    private static void checkResponse(JsonNode written, JsonNode recorded) {
        for (String field :
                List.of(
                        "object",
                        "created_at",
                        "status",
                        "error",
                        "incomplete_details",
                        "model",
                        "output",
                        "parallel_tool_calls",
                        "tool_choice",
                        "usage")) {
            if (recorded.has(field)) {
                assertThat(normal(written.path(field), false))
                        .as(field)
                        .isEqualTo(normal(recorded.path(field), false));
            }
        }
    }

    /// Without what is aside, and without empty content and status of thoughts, which some write
    /// and others do not.
    ///
    /// @param request whether it is a request, in which content may be a text, and a message needs
    ///   no type
    private static JsonNode normal(JsonNode node, boolean request) {
        if (node instanceof ObjectNode object) {
            ObjectNode normal = Json.object();
            object.properties().stream()
                    .filter(field -> request || !ASIDE.contains(field.getKey()))
                    .forEach(
                            field -> normal.set(field.getKey(), normal(field.getValue(), request)));
            if (normal.path("type").asText().equals("reasoning") && !request) {
                normal.remove("status");
                if (normal.path("content").isEmpty()) {
                    normal.remove("content");
                }
            }
            if (request && normal.has("role")) {
                normal.put("type", "message");
                if (normal.path("content").isTextual()) {
                    String type =
                            normal.path("role").asText().equals("assistant")
                                    ? "output_text"
                                    : "input_text";
                    String text = normal.path("content").textValue();
                    normal.putArray("content").addObject().put("type", type).put("text", text);
                }
            }
            if (request && normal.has("input") && !normal.path("stream").booleanValue()) {
                normal.remove("stream");
            }
            return normal;
        }
        if (node.isArray()) {
            var normal = Json.array();
            node.forEach(element -> normal.add(normal(element, request)));
            return normal;
        }
        return node;
    }

    private static void error(int status, JsonNode response) {
        LlmError error =
                new ResponsesDialect().readError(status, Json.bytes(response.path("body")));
        assertThat(error.message()).doesNotContain("gave no reason");
        assertThat(error.kind())
                .isEqualTo(
                        switch (status) {
                            case 401 -> LlmError.Kind.AUTH;
                            case 429 -> LlmError.Kind.QUOTA;
                            default ->
                                    error.message().startsWith("Incorrect API key")
                                            ? LlmError.Kind.AUTH
                                            : LlmError.Kind.CONTEXT;
                        });
    }
}
