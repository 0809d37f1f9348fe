package dev.torii.engine.proxy;

import static dev.torii.engine.dialect.bedrock.Frames.event;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.bedrock.Frames;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An OpenAI client's chat with a model at Bedrock, over real sockets.
class BedrockRoadTest extends RoadBench {

    private static final String ANSWER =
            """
            {"output":{"message":{"role":"assistant","content":[{"text":"やあ"},
               {"toolUse":{"toolUseId":"tooluse_1","name":"f","input":{"x":1}}}]}},
             "stopReason":"tool_use",
             "usage":{"inputTokens":10,"outputTokens":7,"totalTokens":23,"cacheReadInputTokens":4,"cacheWriteInputTokens":2}}\
            """;

    private static final byte[] START = event("messageStart", "{\"role\":\"assistant\"}");
    private static final byte[] TEXT =
            event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"やあ\"}}");
    private static final byte[] END =
            Frames.joined(
                    event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                    event("messageStop", "{\"stopReason\":\"end_turn\"}"),
                    event(
                            "metadata",
                            "{\"usage\":{\"inputTokens\":10,\"outputTokens\":7,\"totalTokens\":17,\"cacheReadInputTokens\":4}}"));

    @BeforeEach
    void serve() {
        gateway.modelRoute("/chat");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat",
                 "auth":{"aws_access_key_id":"AKIDEXAMPLE","aws_secret_access_key":"aws-secret-real"},
                 "model":{"provider":"bedrock","name":"us.amazon.nova-2-lite-v1:0",
                          "options":{"max_tokens":64,"bedrock":{"aws_region":"eu-west-1"},"upstream_url":"%s"}}}}\
                """
                        .formatted(upstream.url()));
    }

    private void serveNative() {
        String route = gateway.modelRoute("/native");
        gateway.plugin(
                """
                {"name":"ai-proxy","route":{"id":"%s"},"config":{"route_type":"llm/v1/chat","llm_format":"bedrock",
                 "auth":{"aws_access_key_id":"AKIDEXAMPLE","aws_secret_access_key":"aws-secret-real"},
                 "model":{"provider":"bedrock","options":{"bedrock":{"aws_region":"eu-west-1"},"upstream_url":"%s"}}}}\
                """
                        .formatted(route, upstream.url()));
    }

    private HttpResponse<byte[]> sendNative(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/native" + path)))
                        .header("content-type", "application/json")
                        .header(
                                "authorization",
                                "AWS4-HMAC-SHA256 Credential=CLIENT/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00")
                        .header("x-amz-security-token", "client-token")
                        .header("x-amz-content-sha256", "client-hash")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void passesTheBytesOfAmazonsClientsUnderItsOwnSignature() throws Exception {
        serveNative();
        upstream.always(FakeUpstream.json(200, ANSWER));
        String body = "{ \"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}] }";

        HttpResponse<byte[]> response =
                sendNative("/model/eu.anthropic.claude-x-v1%3A0/converse", body);

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/model/eu.anthropic.claude-x-v1%3A0/converse");
        assertThat(received.text()).isEqualTo(body);
        assertThat(received.header("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
        assertThat(received.headers().toString())
                .doesNotContain("CLIENT", "client-token", "client-hash");
        assertThat(new String(response.body(), UTF_8)).isEqualTo(ANSWER);
        assertThat(Objects.requireNonNull(gateway.takeEnded().llm()).usage())
                .isEqualTo(new TokenUsage(10, 4, 2, 7, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void passesTheFramesOfAStream() throws Exception {
        serveNative();
        byte[] frames = Frames.joined(START, TEXT, END);
        upstream.always(stream(frames));

        HttpResponse<byte[]> response =
                sendNative(
                        "/model/amazon.nova/converse-stream",
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]}");

        assertThat(upstream.take().target()).isEqualTo("/model/amazon.nova/converse-stream");
        assertThat(response.body()).isEqualTo(frames);
        assertThat(Objects.requireNonNull(gateway.takeEnded().llm()).usage())
                .isEqualTo(new TokenUsage(10, 4, 0, 7, 0, TokenUsage.Source.FINAL));
    }

    /// InvokeModel is in the words of the model's vendor.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/model/amazon.titan-text-express-v1%3A0/invoke",
                "/model/eu.anthropic.claude-x-v1%3A0/invoke-with-response-stream"
            })
    void passesWhatIsInvokedToWhereItIsInvoked(String path) throws Exception {
        serveNative();
        boolean streamed = path.endsWith("stream");
        byte[] frames = Frames.chunk("{\"type\":\"ping\"}");
        upstream.always(streamed ? stream(frames) : FakeUpstream.json(200, "{\"results\":[]}"));
        String body = "{ \"inputText\":\"a\" }";

        HttpResponse<byte[]> response = sendNative(path, body);

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo(path);
        assertThat(received.text()).isEqualTo(body);
        assertThat(received.header("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
        assertThat(response.body())
                .isEqualTo(streamed ? frames : "{\"results\":[]}".getBytes(UTF_8));
    }

    @Test
    void saysToAmazonsClientsWhatIsMissing() throws Exception {
        serveNative();
        HttpResponse<byte[]> response = sendNative("/model/m/converse", "{}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), UTF_8))
                .contains("\"__type\":\"ValidationException\"", "\"message\"");
    }

    private HttpResponse<String> send(String fields) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat/chat/completions")))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer dummy")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]"
                                                + fields
                                                + "}"))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /// A binary stream, cut every few bytes.
    private static FakeUpstream.Answer stream(byte[] frames) {
        return (_, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(ISO_8859_1));
            for (int from = 0; from < frames.length; from += 50) {
                int length = Math.min(50, frames.length - from);
                out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
                out.write(frames, from, length);
                out.write("\r\n".getBytes(ISO_8859_1));
                out.flush();
            }
            FakeUpstream.endStream(out);
        };
    }

    @Test
    void asksBedrockAndAnswersAsOpenAi() throws Exception {
        upstream.always(FakeUpstream.json(200, ANSWER));

        HttpResponse<String> response = send("");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/model/us.amazon.nova-2-lite-v1%3A0/converse");
        assertThat(received.header("authorization"))
                .matches(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/bedrock/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}");
        assertThat(received.header("x-amz-date")).matches("\\d{8}T\\d{6}Z");
        assertThat(received.headers().toString()).doesNotContain("dummy", "aws-secret-real");
        assertThat(received.text())
                .isEqualTo(
                        """
                        {"messages":[{"role":"user","content":[{"text":"こんにちは"}]}],"inferenceConfig":{"maxTokens":64}}\
                        """);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = Json.parse(response.body());
        assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("やあ");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments").textValue())
                .isEqualTo("{\"x\":1}");
        assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("tool_calls");
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(16);
        assertThat(answer.path("id").textValue()).isNotEmpty();
        assertThat(Objects.requireNonNull(gateway.takeEnded().llm()).usage())
                .isEqualTo(new TokenUsage(10, 4, 2, 7, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void streamsAsServerSentEvents() throws Exception {
        upstream.always(stream(Frames.joined(START, TEXT, END)));

        HttpResponse<String> response =
                send(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        assertThat(upstream.take().target())
                .isEqualTo("/model/us.amazon.nova-2-lite-v1%3A0/converse-stream");
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(response.body())
                .contains("\"content\":\"やあ\"", "\"finish_reason\":\"stop\"")
                .contains("\"total_tokens\":21")
                .endsWith("data: [DONE]\n\n");
        assertThat(Objects.requireNonNull(gateway.takeEnded().llm()).usage())
                .isEqualTo(new TokenUsage(10, 4, 0, 7, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void tellsTheClientOfAnExceptionInTheMiddleOfAStream() throws Exception {
        upstream.always(
                stream(
                        Frames.joined(
                                START,
                                TEXT,
                                Frames.exception(
                                        "serviceUnavailableException",
                                        "{\"message\":\"later\"}"))));

        assertThat(send(",\"stream\":true").body())
                .endsWith(
                        "data: {\"error\":{\"message\":\"later\",\"type\":\"server_error\",\"param\":null,\"code\":\"overloaded\"}}\n\n");
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_incomplete");
    }

    @Test
    void tellsTheClientOfAStreamThatIsCut() throws Exception {
        upstream.always(stream(Frames.joined(START, TEXT)));

        assertThat(send(",\"stream\":true").body())
                .contains("the upstream ended before the answer was complete")
                .doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ValidationException:http://x/         | Input Tokens Exceeded: y | 400 | context_length_exceeded",
                "403 | UnrecognizedClientException:http://x/ | token                    | 401 | invalid_api_key",
                "404 | ResourceNotFoundException             | no model                 | 404 | model_not_found",
                "429 | ThrottlingException:http://x/         | slow                     | 429 | rate_limit_exceeded",
                "503 | ServiceUnavailableException           | later                    | 503 | overloaded"
            })
    void saysRefusalsInTheClientsWords(
            int status, String type, String message, int expected, String code) throws Exception {
        upstream.always(
                FakeUpstream.whole(
                        status,
                        "application/json",
                        "{\"message\":\"" + message + "\"}",
                        "x-amzn-ErrorType",
                        type));

        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(expected);
        JsonNode error = Json.parse(response.body()).path("error");
        assertThat(error.path("message").textValue()).isEqualTo(message);
        assertThat(error.path("code").textValue()).isEqualTo(code);
    }

    @Test
    void saysThatAnAnswerMakesNoSense() throws Exception {
        upstream.always(FakeUpstream.json(200, "{\"hello\":1}"));

        HttpResponse<String> response = send("");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("transformation failed from type bedrock://");
    }
}
