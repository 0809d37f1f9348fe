package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.TokenUsage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Responses that go to a server of Responses, over real sockets.
class ResponsesRoadTest extends RoadBench {

    private static final String USAGE =
            "\"usage\":{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":7,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":17}";

    private static final String ANSWER =
            "{ \"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-x\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"やあ\"}]}],"
                    + USAGE
                    + " }";

    private static final String STREAM =
            """
            event: response.created
            data: {"type":"response.created","response":{"id":"resp_1","model":"gpt-x"},"sequence_number":0}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"やあ","sequence_number":1}

            event: response.completed
            data: {"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[],%s},"sequence_number":2}

            """
                    .formatted(USAGE);

    private static final Pattern NUMBER = Pattern.compile("\"sequence_number\":(\\d+)");

    @BeforeEach
    void serve() {
        gateway.modelRoute("/chat");
        gateway.plugin(
                """
                {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","llm_format":"auto",
                 "auth":{"header_name":"authorization","header_value":"Bearer sk-real"},
                 "model":{"provider":"openai","name":"gpt-x",
                          "options":{"max_tokens":64,"upstream_url":"%s/v1/responses"}}}}\
                """
                        .formatted(upstream.url()));
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat" + path)))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer dummy")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private LlmCall call() throws Exception {
        Exchange exchange = gateway.takeEnded();
        return Objects.requireNonNull(exchange.llm());
    }

    // Row 15: nothing else is put into the body.
    @Test
    void passesBytesBetweenTwoWhoSpeakResponses() throws Exception {
        upstream.always(FakeUpstream.json(200, ANSWER));
        HttpResponse<String> response =
                send(
                        "/v1/responses",
                        "{ \"model\":\"gpt-x\", \"input\" : \"q\",\"x_new\":1.50,\"previous_response_id\":\"resp_0\" }");
        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1/responses");
        assertThat(received.text())
                .isEqualTo(
                        "{ \"model\":\"gpt-x\", \"input\" : \"q\",\"x_new\":1.50,\"previous_response_id\":\"resp_0\",\"max_output_tokens\":64 }");
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(6, 4, 0, 7, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void passesAStreamAndReadsItAlong() throws Exception {
        upstream.always(FakeUpstream.stream(STREAM));
        HttpResponse<String> response =
                send("/v1/responses", "{\"model\":\"gpt-x\",\"input\":\"q\",\"stream\":true}");
        assertThat(upstream.take().text()).doesNotContain("stream_options");
        assertThat(response.body()).isEqualTo(STREAM);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(6, 4, 0, 7, 0, TokenUsage.Source.FINAL));
    }

    // Row 26.
    @Test
    void tellsOfAStreamThatIsCut() throws Exception {
        String cut = STREAM.substring(0, STREAM.indexOf("event: response.completed"));
        upstream.always(FakeUpstream.stream(cut));
        HttpResponse<String> response =
                send("/v1/responses", "{\"model\":\"gpt-x\",\"input\":\"q\",\"stream\":true}");
        assertThat(response.body()).startsWith(cut).contains("event: response.failed\n");
        assertThat(
                        NUMBER.matcher(response.body())
                                .results()
                                .map(match -> Integer.valueOf(match.group(1))))
                .containsExactly(0, 1, 2, 3);
    }

    private static final String CITATION =
            "{\"type\":\"url_citation\",\"url\":\"https://a.example\",\"title\":\"A\",\"start_index\":0,\"end_index\":2}";

    @Test
    void countsCitationsForThoseWhoHaveNoWordsForThem() throws Exception {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]";
        String asked = "{\"model\":\"gpt-x\",\"max_tokens\":64," + messages;
        List<Loss> lost = List.of(new Loss(Loss.Action.DROPPED, "annotations", 1));
        upstream.always(
                FakeUpstream.json(
                        200,
                        ANSWER.replace(
                                "\"text\":\"やあ\"",
                                "\"text\":\"やあ\",\"annotations\":[" + CITATION + "]")));
        HttpResponse<String> whole = send("/v1/messages", asked + "}");
        assertThat(whole.headers().firstValue("X-Torii-Loss")).hasValue("1");
        assertThat(call().losses().all()).isEqualTo(lost);

        upstream.always(
                FakeUpstream.stream(
                        STREAM.replace(
                                "event: response.completed",
                                "data: {\"type\":\"response.output_text.annotation.added\",\"output_index\":0,\"content_index\":0,\"annotation_index\":0,\"annotation\":"
                                        + CITATION
                                        + "}\n\nevent: response.completed")));
        send("/v1/messages", asked + ",\"stream\":true}");
        assertThat(call().losses().all()).isEqualTo(lost);

        HttpResponse<String> chat = send("/v1/chat/completions", asked + ",\"stream\":true}");
        assertThat(chat.body())
                .contains(
                        "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\"");
        assertThat(call().losses().all()).isEmpty();
    }

    @Test
    void saysInOpenAisWordsThatNobodyAnswers() throws Exception {
        upstream.close();
        HttpResponse<String> response = send("/v1/responses", "{\"input\":\"q\",\"stream\":true}");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"An invalid response was received from the upstream server\","
                                + "\"type\":\"server_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void saysInOpenAisWordsWhatIsRefusedHere() throws Exception {
        HttpResponse<String> response = send("/v1/responses", "{\"input\":[]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.parse(response.body()).at("/error/type").textValue())
                .isEqualTo("invalid_request_error");
    }

    @Test
    void asksForAChatInResponses() throws Exception {
        upstream.always(FakeUpstream.json(200, ANSWER));
        HttpResponse<String> response =
                send(
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-x\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}");
        JsonNode asked = Json.parse(upstream.take().text());
        assertThat(asked.at("/input/0/content/0/text").textValue()).isEqualTo("q");
        assertThat(asked.path("store").booleanValue()).isFalse();
        JsonNode answer = Json.parse(response.body());
        assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("やあ");
        assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
    }
}
