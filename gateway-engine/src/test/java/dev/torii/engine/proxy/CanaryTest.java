package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields that nobody knows stay within the dialect that they are of.
class CanaryTest {

    /// In a request, and in an answer: some dialects say a request again in its own answer.
    private static final String ASKED = "c4n4ry-asked";

    private static final String ANSWERED = "c4n4ry-answered";

    /// What is the client's own data, whose fields no dialect has a say in.
    private static final Set<String> OPEN =
            Set.of("args", "arguments", "input", "properties", "response");

    private static final Map<String, String> REQUESTS =
            Map.of(
                    "openai",
                    """
                    {"messages":[{"role":"system","content":[{"type":"text","text":"s"}]},
                      {"role":"user","content":[{"type":"text","text":"q"},{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]},
                      {"role":"assistant","content":"a","tool_calls":[{"id":"call00001","type":"function","function":{"name":"f","arguments":"{}"}}]},
                      {"role":"tool","tool_call_id":"call00001","content":"r"},{"role":"user","content":"q"}],
                     "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{}}}}],
                     "tool_choice":{"type":"function","function":{"name":"f"}},"max_tokens":2000,
                     "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{}}}}}\
                    """,
                    "openai-responses",
                    """
                    {"instructions":"s","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"q"},{"type":"input_image","image_url":"data:image/png;base64,aGk="}]},
                      {"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]},
                      {"type":"function_call","call_id":"call00001","name":"f","arguments":"{}"},
                      {"type":"function_call_output","call_id":"call00001","output":"r"},
                      {"type":"message","role":"user","content":[{"type":"input_text","text":"q"}]}],
                     "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{}}}],
                     "reasoning":{"effort":"low"},"text":{"format":{"type":"text"}},"max_output_tokens":2000}\
                    """,
                    "anthropic",
                    """
                    {"system":[{"type":"text","text":"s"}],"max_tokens":2000,
                     "messages":[{"role":"user","content":[{"type":"text","text":"q"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}}]},
                      {"role":"assistant","content":[{"type":"text","text":"a"},{"type":"tool_use","id":"call00001","name":"f","input":{}}]},
                      {"role":"user","content":[{"type":"tool_result","tool_use_id":"call00001","content":[{"type":"text","text":"r"}]}]}],
                     "tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{}}}],
                     "tool_choice":{"type":"tool","name":"f"},"metadata":{"user_id":"u"}}\
                    """,
                    "gemini",
                    """
                    {"systemInstruction":{"parts":[{"text":"s"}]},
                     "contents":[{"role":"user","parts":[{"text":"q"},{"inlineData":{"mimeType":"image/png","data":"aGk="}}]},
                      {"role":"model","parts":[{"text":"a"},{"functionCall":{"id":"call00001","name":"f","args":{}}}]},
                      {"role":"user","parts":[{"functionResponse":{"id":"call00001","name":"f","response":{"result":"r"}}}]}],
                     "tools":[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object","properties":{}}}]}],
                     "toolConfig":{"functionCallingConfig":{"mode":"AUTO"}},"generationConfig":{"maxOutputTokens":2000}}\
                    """);

    private static final Map<String, String> ANSWERS =
            Map.of(
                    "openai",
                    """
                    {"id":"i","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":"a",
                      "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}}],
                     "usage":{"prompt_tokens":1,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":0}}}\
                    """,
                    "anthropic",
                    """
                    {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"a"},
                      {"type":"tool_use","id":"c","name":"f","input":{}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}\
                    """,
                    "gemini",
                    """
                    {"candidates":[{"content":{"role":"model","parts":[{"text":"a"},{"functionCall":{"name":"f","args":{}}}]},"finishReason":"STOP"}],
                     "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2},"modelVersion":"m"}\
                    """,
                    "cohere",
                    """
                    {"id":"i","finish_reason":"TOOL_CALL","message":{"role":"assistant","content":[{"type":"text","text":"a"}],
                      "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
                     "usage":{"tokens":{"input_tokens":1,"output_tokens":1}}}\
                    """,
                    "bedrock",
                    """
                    {"output":{"message":{"role":"assistant","content":[{"text":"a"},{"toolUse":{"toolUseId":"c","name":"f","input":{}}}]}},
                     "stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}\
                    """,
                    "ollama",
                    """
                    {"model":"m","message":{"role":"assistant","content":"a","tool_calls":[{"function":{"name":"f","arguments":{}}}]},
                     "done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":1}\
                    """);

    private final FakeUpstream upstream = new FakeUpstream();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway();
        gateway.modelRoute("/canary");
    }

    @AfterEach
    void stop() {
        http.close();
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> foreigners() {
        List<String> providers =
                List.of(
                        "openai",
                        "mistral",
                        "deepseek",
                        "anthropic",
                        "gemini",
                        "cohere",
                        "bedrock",
                        "ollama");
        return Replay.CLIENTS.stream()
                .flatMap(client ->
                        providers.stream().map(provider -> Arguments.of(client, provider)));
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void flyNowhere(String client, String provider) throws Exception {
        Replayable target = target(provider);
        gateway.plugin(target.plugin(upstream.url()));
        String dialect = target.dialect(client, upstream.url()).name();
        ObjectNode answer =
                marked(ANSWERS.getOrDefault(provider, ANSWERS.getOrDefault(dialect, "")), ANSWERED);
        upstream.always(FakeUpstream.json(200, Json.text(answer)));
        ObjectNode request = marked(Objects.requireNonNull(REQUESTS.get(client)), ASKED);
        if (!client.equals("gemini")) {
            request.put("model", "some-model");
        }

        HttpResponse<String> response = send(client, Json.text(request));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Received received = upstream.take();
        boolean own = dialect.equals(client);
        assertThat(received.text().contains(ASKED)).as(received.text()).isEqualTo(own);
        assertThat(response.body().contains(ANSWERED)).as(response.body()).isEqualTo(own);
    }

    /// Row 38.
    @ParameterizedTest
    @ValueSource(
            strings = {"openai", "deepseek", "anthropic", "gemini", "cohere", "bedrock", "ollama"})
    void keepsAVendorsFlagsFromAllOthers(String provider) throws Exception {
        Replayable target = target(provider);
        gateway.plugin(target.plugin(upstream.url()));
        String dialect = target.dialect("anthropic", upstream.url()).name();
        upstream.always(
                FakeUpstream.json(
                        200, ANSWERS.getOrDefault(provider, ANSWERS.getOrDefault(dialect, ""))));
        ObjectNode request =
                (ObjectNode) Json.parse(Objects.requireNonNull(REQUESTS.get("anthropic")));

        send("anthropic", Json.text(request.put("model", "some-model")));

        Received received = upstream.take();
        boolean own = dialect.equals("anthropic");
        assertThat(received.header("anthropic-beta")).isEqualTo(own ? "b-2,a-1" : "");
        assertThat(received.header("anthropic-version")).isEqualTo(own ? "2023-06-01" : "");
    }

    private static Replayable target(String provider) {
        return new Replayable(
                Objects.requireNonNull(Replayable.PROVIDERS.find(provider)),
                "some-model",
                Operation.CHAT,
                RouteType.CHAT,
                settings(provider),
                "");
    }

    private static ObjectNode settings(String provider) {
        ObjectNode options = Json.object();
        if (provider.equals("bedrock")) {
            options.putObject("bedrock").put("aws_region", "us-east-1");
        }
        return options;
    }

    private HttpResponse<String> send(String client, String body) throws Exception {
        String path =
                switch (client) {
                    case "openai" -> "/v1/chat/completions";
                    case "openai-responses" -> "/v1/responses";
                    case "anthropic" -> "/v1/messages";
                    default -> "/v1beta/models/some-model:generateContent";
                };
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/canary" + path)))
                        .header("content-type", "application/json")
                        .headers(headers(client))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String[] headers(String client) {
        return client.equals("anthropic")
                ? new String[] {"anthropic-beta", "b-2,a-1", "anthropic-version", "2023-06-01"}
                : new String[] {"accept", "*/*"};
    }

    /// With a canary in each object that is not the client's own data.
    private static ObjectNode marked(String json, String canary) throws Exception {
        ObjectNode body = (ObjectNode) Json.parse(json);
        mark(body, canary);
        return body;
    }

    private static void mark(JsonNode node, String canary) {
        for (var field : node.properties()) {
            if (!OPEN.contains(field.getKey()) || field.getValue().isArray()) {
                mark(field.getValue(), canary);
            }
        }
        if (node.isArray()) {
            node.forEach(element -> mark(element, canary));
        }
        if (node instanceof ObjectNode object && !object.has("properties")) {
            object.put("x_secret", canary);
        }
    }
}
