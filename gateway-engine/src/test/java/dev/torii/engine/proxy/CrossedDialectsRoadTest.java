package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Loss;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients and providers that speak different dialects, and what is easily lost between them.
class CrossedDialectsRoadTest extends RoadBench {

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]";
    private static final String CONTENTS = "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}";

    private void serve(String provider, String options) {
        gateway.modelRoute("/chat");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","llm_format":"auto",
                 "auth":{"header_name":"Authorization","header_value":"Bearer real"},
                 "model":{"provider":"%s","name":"m","options":{%s"upstream_url":"%s"}}}}\
                """
                        .formatted(provider, options.replace('\'', '"'), upstream.url()));
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.url("/chat" + path)))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    @Test
    void tellsThoughtsFromTextBehindHuggingFacesRouter() throws Exception {
        serve("huggingface", "");
        upstream.enqueue(
                FakeUpstream.json(
                        200,
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"<think>hm</think>hi\"},\"finish_reason\":\"stop\"}]}"));
        upstream.enqueue(
                FakeUpstream.stream(
                        """
                        data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"<thi"}}]}

                        data: {"id":"c","choices":[{"index":0,"delta":{"content":"nk>hm</think>hi"},"finish_reason":"stop"}]}

                        data: [DONE]

                        """));
        String asked = "{\"max_tokens\":9," + MESSAGES;

        JsonNode content = Json.parse(send("/v1/messages", asked + "}").body()).path("content");
        String stream = send("/v1/messages", asked + ",\"stream\":true}").body();

        assertThat(upstream.take().target()).isEqualTo("/v1/chat/completions");
        assertThat(content.at("/0/thinking").textValue()).isEqualTo("hm");
        assertThat(content.at("/1/text").textValue()).isEqualTo("hi");
        assertThat(stream)
                .contains("\"thinking\":\"hm\"", "\"text\":\"hi\"")
                .doesNotContain("think>");
    }

    private LlmCall call() throws Exception {
        return Objects.requireNonNull(gateway.takeEnded().llm());
    }

    private static final String DRAWN =
            """
            {"candidates":[{"content":{"parts":[{"text":"a"},{"inlineData":{"mimeType":"image/png","data":"iVBO"}},{"text":"b"}],\
            "role":"model"},"finishReason":"STOP","index":0}],"modelVersion":"m","responseId":"r"}\
            """;
    private static final String IMAGES =
            "\"images\":[{\"type\":\"image_url\",\"index\":0,\"image_url\":{\"url\":\"data:image/png;base64,iVBO\"}}]";

    @Test
    void showsOpenAisClientsWhatGeminiDrew() throws Exception {
        serve("gemini", "");
        String asked = "{\"max_tokens\":9," + MESSAGES;
        upstream.always(FakeUpstream.json(200, DRAWN));
        assertThat(send("/v1/chat/completions", asked + "}").body())
                .contains("\"content\":\"ab\"", IMAGES);
        assertThat(call().losses().all()).isEmpty();

        upstream.always(FakeUpstream.stream("data: " + DRAWN + "\n\n"));
        assertThat(send("/v1/chat/completions", asked + ",\"stream\":true}").body())
                .contains(
                        "\"delta\":{\"content\":\"a\"}",
                        "\"delta\":{" + IMAGES + "}",
                        "\"delta\":{\"content\":\"b\"}");
        assertThat(call().losses().all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/messages | {\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]",
                "/v1/responses | {\"input\":\"a\""
            })
    void countsPicturesForThoseWhoHaveNoPlaceForThem(String path, String asked) throws Exception {
        serve("gemini", "");
        for (String more : List.of("}", ",\"stream\":true}")) {
            upstream.always(
                    more.equals("}")
                            ? FakeUpstream.json(200, DRAWN)
                            : FakeUpstream.stream("data: " + DRAWN + "\n\n"));
            assertThat(send(path, asked + more).body())
                    .contains("\"text\":\"a\"", "\"text\":\"b\"")
                    .doesNotContain("iVBO");
            assertThat(call().losses().all()).contains(new Loss(Loss.Action.DROPPED, "image", 1));
        }
    }

    @Test
    void showsGooglesClientsWhatOpenRouterDrew() throws Exception {
        serve("openrouter", "");
        String said = "{\"id\":\"c\",\"choices\":[{\"index\":0,\"%s\":{\"content\":\"a\",";
        String end = IMAGES + "},\"finish_reason\":\"stop\"}]}";
        String part = "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBO\"}}";
        upstream.always(FakeUpstream.json(200, said.formatted("message") + end));
        assertThat(send("/v1beta/models/m:generateContent", CONTENTS).body())
                .contains("\"parts\":[{\"text\":\"a\"}," + part + "]");
        assertThat(call().losses().all()).isEmpty();

        upstream.always(
                FakeUpstream.stream(
                        "data: " + said.formatted("delta") + end + "\n\ndata: [DONE]\n\n"));
        assertThat(send("/v1beta/models/m:streamGenerateContent?alt=sse", CONTENTS).body())
                .contains("\"parts\":[{\"text\":\"a\"}]", "\"parts\":[" + part + "]");
        assertThat(call().losses().all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please try again in 20s.         | 20",
                "Please try again in 7.66s. Visit | 8",
                "Please try again in 1m2.5s.      | 63",
                "Please try again in 2h3m.        | 7380",
                "Please try again in 120ms.       | 1",
                "Please retry after 60 seconds.   | 60",
                "Please try again in a while.     |"
            })
    void saysInAHeaderWhatARefusalSaysOfWhenToAskAgain(String sentence, String seconds)
            throws Exception {
        serve("groq", "");
        upstream.always(
                FakeUpstream.json(
                        429,
                        "{\"error\":{\"message\":\"Limit. "
                                + sentence
                                + "\",\"code\":\"rate_limit_exceeded\"}}"));

        String path = "/v1/messages";
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = send(path, "{\"max_tokens\":9," + MESSAGES + "}");
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("retry-after").orElse(null))
                    .isEqualTo(seconds);
            path = "/v1/chat/completions";
        }
    }

    @Test
    void saysInAHeaderWhatGeminiSaysInTheBody() throws Exception {
        serve("gemini", "");
        upstream.always(
                FakeUpstream.json(
                        429,
                        """
                        {"error":{"code":429,"message":"no","status":"RESOURCE_EXHAUSTED","details":[
                          {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"47.2s"}]}}\
                        """));

        HttpResponse<String> response = send("/v1/chat/completions", "{" + MESSAGES + "}");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("48");
    }

    @Test
    void saysInTheBodyToGeminisClientsWhatAHeaderSays() throws Exception {
        serve("groq", "");
        upstream.always(
                FakeUpstream.whole(
                        429,
                        "application/json",
                        "{\"error\":{\"message\":\"no\"}}",
                        "retry-after",
                        "7",
                        "x-ratelimit-reset-requests",
                        "3s"));

        HttpResponse<String> response = send("/v1beta/models/m:generateContent", CONTENTS);

        assertThat(Json.parse(response.body()).at("/error/details/0/retryDelay").textValue())
                .isEqualTo("7s");
        assertThat(response.headers().firstValue("retry-after")).contains("7");
        assertThat(response.headers().firstValue("x-ratelimit-reset-requests")).contains("3s");
    }

    /// Row 30.
    @Test
    void givesAClientItsCustomToolBackThatWasSaidAsAFunction() throws Exception {
        serve("anthropic", "'anthropic_version':'2023-06-01','max_tokens':64,");
        upstream.enqueue(
                FakeUpstream.json(
                        200,
                        """
                        {"id":"c","type":"message","role":"assistant","model":"m","content":[
                          {"type":"tool_use","id":"t1","name":"patch","input":{"input":"*** \\"a\\"\\n"}},
                          {"type":"tool_use","id":"t2","name":"f","input":{"input":"x"}}],
                         "stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}\
                        """));
        upstream.enqueue(
                FakeUpstream.stream(
                        """
                        data: {"type":"message_start","message":{"id":"c","model":"m","usage":{"input_tokens":1,"output_tokens":1}}}

                        data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"patch","input":{}}}

                        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"inp"}}

                        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"ut\\": \\"*** a\\\\nb\\"}"}}

                        data: {"type":"content_block_stop","index":0}

                        data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":3}}

                        data: {"type":"message_stop"}

                        """));
        String asked =
                "{"
                        + MESSAGES
                        + ",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"patch\"}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]";

        JsonNode calls =
                Json.parse(send("/v1/chat/completions", asked + "}").body())
                        .at("/choices/0/message/tool_calls");
        String stream = send("/v1/chat/completions", asked + ",\"stream\":true}").body();

        assertThat(Json.parse(upstream.take().text()).at("/tools/0/input_schema/required/0"))
                .isEqualTo(Json.parse("\"input\""));
        assertThat(calls.path(0).path("type").textValue()).isEqualTo("custom");
        assertThat(calls.at("/0/custom/input").textValue()).isEqualTo("*** \"a\"\n");
        assertThat(calls.path(1).path("type").textValue()).isEqualTo("function");
        assertThat(calls.at("/1/function/arguments").textValue()).isEqualTo("{\"input\":\"x\"}");
        assertThat(stream)
                .contains("\"custom\":{\"name\":\"patch\",\"input\":\"\"}")
                .contains("\"custom\":{\"input\":\"*** a\\nb\"}")
                .doesNotContain("\"function\"");
    }

    @ParameterizedTest
    @CsvSource({"'',application/json", "?alt=sse,text/event-stream"})
    void streamsToGeminisClientsInTheFormThatTheyAskFor(String query, String type)
            throws Exception {
        serve("groq", "");
        upstream.always(
                FakeUpstream.stream(
                        """
                        data: {"id":"c","choices":[{"index":0,"delta":{"content":"hi"}}]}

                        data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                        data: [DONE]

                        """));

        HttpResponse<String> response =
                send("/v1beta/models/m:streamGenerateContent" + query, CONTENTS);

        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith(type);
        if (query.isEmpty()) {
            JsonNode array = Json.parse(response.body());
            assertThat(array.at("/0/candidates/0/content/parts/0/text").textValue())
                    .isEqualTo("hi");
            assertThat(array.path(array.size() - 1).at("/candidates/0/finishReason").textValue())
                    .isEqualTo("STOP");
        } else {
            assertThat(response.body()).startsWith("data: ").contains("\"STOP\"");
        }
    }

    @Test
    void passesGeminisArrayPieceByPiece() throws Exception {
        serve("gemini", "");
        var seen = new CountDownLatch(1);
        String first = "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}]}\n";
        String rest =
                ",{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2,\"totalTokenCount\":5}}]";
        upstream.always((_, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(UTF_8));
            FakeUpstream.chunk(out, first);
            seen.await();
            FakeUpstream.chunk(out, rest);
            FakeUpstream.endStream(out);
        });

        HttpResponse<InputStream> response =
                client.send(
                        request("/v1beta/models/m:streamGenerateContent", CONTENTS),
                        BodyHandlers.ofInputStream());

        try (InputStream body = response.body()) {
            assertThat(new String(body.readNBytes(first.length()), UTF_8)).isEqualTo(first);
            seen.countDown();
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo(rest);
        }
        LlmCall call = call();
        assertThat(Objects.requireNonNull(call.usage()).totalTokens()).isEqualTo(5);
    }

    @Test
    void asksAMistralBehindOllama() throws Exception {
        serve("mistral", "'mistral_format':'ollama',");
        upstream.always(
                FakeUpstream.json(
                        200,
                        "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"done\":true,\"done_reason\":\"stop\"}"));

        String body = send("/v1/chat/completions", "{" + MESSAGES + "}").body();

        assertThat(upstream.take().target()).isEqualTo("/api/chat");
        assertThat(body).contains("\"content\":\"hi\"");
    }
}
