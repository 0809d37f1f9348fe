package dev.torii.engine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DemoModelTest {

    private final DemoModel model = DemoModel.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        model.close();
    }

    @Test
    void answersInTheLanguageOfTheQuestionAndSaysThatItIsADemo() throws Exception {
        assertThat(content(ask(question("What is a gate?"))))
                .contains("demo model")
                .contains("“What is a gate?”");
        assertThat(content(ask(question("門とは何ですか")))).contains("デモモデル").contains("「門とは何ですか」");
    }

    @Test
    void countsTheTokensThatItReadAndWrote() throws Exception {
        JsonNode usage = ask(question("one two three")).path("usage");

        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(3);
        assertThat(usage.path("completion_tokens").asInt()).isGreaterThan(10);
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(3 + usage.path("completion_tokens").asInt());
    }

    @Test
    void stopsAtMaxTokens() throws Exception {
        JsonNode answer = ask(question("Hello").put("max_tokens", 2));

        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(2);
        assertThat(answer.path("choices").path(0).path("finish_reason").asText())
                .isEqualTo("length");
    }

    @Test
    void streamsTheSameAnswerInPieces() throws Exception {
        ObjectNode request = question("Hello").put("stream", true);

        List<JsonNode> chunks = stream(request);

        assertThat(chunks).hasSizeGreaterThan(10).noneMatch(chunk -> chunk.has("usage"));
        assertThat(
                        String.join(
                                "",
                                chunks.stream()
                                        .map(chunk -> chunk.path("choices").path(0).path("delta"))
                                        .map(delta -> delta.path("content").asText())
                                        .toList()))
                .isEqualTo(content(ask(question("Hello"))));
    }

    @Test
    void sendsTheUsageOfAStreamWhenAskedFor() throws Exception {
        ObjectNode request = question("Hello").put("stream", true);
        request.putObject("stream_options").put("include_usage", true);

        JsonNode last = stream(request).getLast();

        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage").path("prompt_tokens").asInt()).isEqualTo(1);
    }

    @Test
    void knowsNothingButChat() throws Exception {
        assertThat(post(model.uri().resolve("/v1/embeddings"), Json.object()).statusCode())
                .isEqualTo(404);
        assertThat(model.asked()).isZero();
    }

    private static ObjectNode question(String text) {
        ObjectNode request = Json.object();
        request.putArray("messages").addObject().put("role", "user").put("content", text);
        return request;
    }

    private JsonNode ask(ObjectNode request) throws Exception {
        return Json.parse(post(model.chatUri(), request).body());
    }

    private static String content(JsonNode answer) {
        return answer.path("choices").path(0).path("message").path("content").asText();
    }

    /// The chunks of a stream that ends as it should.
    private List<JsonNode> stream(ObjectNode request)
            throws IOException, InterruptedException, MalformedJsonException {
        List<String> events =
                List.of(post(model.chatUri(), request).body().strip().split("\n\n", -1));
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : events.subList(0, events.size() - 1)) {
            chunks.add(Json.parse(event.substring("data: ".length())));
        }
        return chunks;
    }

    private HttpResponse<String> post(URI uri, ObjectNode body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri)
                        .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
                        .build(),
                BodyHandlers.ofString());
    }
}
