package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.model.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong with a provider, as clients of OpenAI's and of Anthropic's see it, over real
/// sockets.
class ProviderFailuresTest extends RoadBench {

    /// Who asks.
    enum Client {
        OPENAI("/v1/chat/completions"),
        ANTHROPIC("/v1/messages");

        private final String path;

        Client(String path) {
            this.path = path;
        }

        boolean passes(ServedProvider provider) {
            return this == OPENAI ? provider.passesOpenAi() : provider.passesAnthropic();
        }
    }

    private static final List<Integer> STATUSES = List.of(400, 401, 404, 429, 500, 503, 529);

    static Stream<Arguments> everyone() {
        return ServedProvider.all()
                .flatMap(provider ->
                        Stream.of(Client.values())
                                .filter(asking ->
                                        asking == Client.ANTHROPIC
                                                || !provider.servesAnthropicAlone())
                                .map(asking -> Arguments.of(provider, asking)));
    }

    static Stream<ServedProvider> completing() {
        return ServedProvider.all().filter(provider -> !provider.servesAnthropicAlone());
    }

    private void serve(ServedProvider provider) {
        gateway.modelRoute("/chat");
        gateway.plugin(provider.plugin(upstream.url()));
    }

    private HttpResponse<String> send(Client asking, String fields) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(gateway.url("/chat" + asking.path)))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer dummy")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]"
                                                + fields
                                                + "}"))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static void assertError(Client asking, String body) throws Exception {
        JsonNode json = Json.parse(body);
        assertThat(json.at("/error/message").textValue()).as(body).isNotEmpty();
        if (asking == Client.ANTHROPIC) {
            assertThat(json.path("type").textValue()).as(body).isEqualTo("error");
            assertThat(json.at("/error/type").textValue()).as(body).isNotEmpty();
        }
    }

    /// A server that has too much to do has another status at Anthropic than elsewhere; bytes that
    /// pass keep their own.
    private static int expected(ServedProvider provider, Client asking, int status) {
        if (asking.passes(provider) || (status != 503 && status != 529)) {
            return status;
        }
        return asking == Client.ANTHROPIC ? 529 : 503;
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void tellsRefusals(ServedProvider provider, Client asking) throws Exception {
        serve(provider);
        for (int status : STATUSES) {
            upstream.always(
                    FakeUpstream.whole(
                            status,
                            "application/json",
                            provider.refusal(status),
                            "retry-after",
                            "7",
                            "x-ratelimit-remaining-requests",
                            "0"));

            HttpResponse<String> response = send(asking, "");

            assertThat(response.statusCode())
                    .as(response.body())
                    .isEqualTo(expected(provider, asking, status));
            assertError(asking, response.body());
            assertThat(response.body()).doesNotContain(ServedProvider.KEY);
            assertThat(response.headers().allValues("retry-after")).containsExactly("7");
            assertThat(response.headers().firstValue("x-ratelimit-remaining-requests"))
                    .contains("0");
            Outcome outcome = gateway.takeEnded().outcome();
            assertThat(outcome.status()).isEqualTo(response.statusCode());
            assertThat(outcome.source()).isEqualTo(Outcome.Source.UPSTREAM);
        }
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void answers(ServedProvider provider, Client asking) throws Exception {
        serve(provider);
        upstream.always(provider.answer());
        for (String fields : List.of("", ",\"stream\":true")) {
            HttpResponse<String> response = send(asking, fields);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body())
                    .contains("やあ")
                    .contains(asking == Client.OPENAI ? "\"choices\"" : "\"stop_reason\"")
                    .doesNotContain("\"error\"");
            assertThat(gateway.takeEnded().outcome().error()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void tellsThatAStreamWasCut(ServedProvider provider, Client asking) throws Exception {
        serve(provider);
        upstream.always(provider.cut());

        HttpResponse<String> response = send(asking, ",\"stream\":true");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .contains("やあ")
                .contains("\"error\"")
                .doesNotContain("[DONE]", "message_stop", ServedProvider.KEY);
        String last = response.body().strip().lines().toList().getLast();
        assertThat(last).startsWith("data: ");
        assertError(asking, last.substring("data: ".length()));
        assertThat(gateway.takeEnded().outcome().error()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void makesNothingOfGarbage(ServedProvider provider, Client asking) throws Exception {
        serve(provider);
        upstream.always(FakeUpstream.json(200, "garbage " + ServedProvider.KEY));

        HttpResponse<String> response = send(asking, "");

        assertThat(response.statusCode()).isEqualTo(500);
        assertError(asking, response.body());
        assertThat(response.body()).doesNotContain("garbage", ServedProvider.KEY);
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_unreadable");
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void tellsThatNobodyAnswers(ServedProvider provider, Client asking) throws Exception {
        serve(provider);
        upstream.close();

        HttpResponse<String> response = send(asking, "");

        assertThat(response.statusCode()).isEqualTo(502);
        if (asking == Client.ANTHROPIC) {
            assertError(asking, response.body());
        }
        assertThat(response.body())
                .contains("\"message\":\"An invalid response was received")
                .doesNotContain(ServedProvider.KEY);
        Outcome outcome = gateway.takeEnded().outcome();
        assertThat(outcome.status()).isEqualTo(502);
        assertThat(outcome.error()).isNotNull();
    }

    /// The legacy form, to all that only chat as to those that know it.
    @ParameterizedTest
    @MethodSource("completing")
    void completes(ServedProvider provider) throws Exception {
        serve(provider);
        upstream.always(provider.answer());
        for (String fields : List.of("", ",\"stream\":true")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(gateway.url("/chat/v1/completions")))
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString("{\"prompt\":\"昔々\"" + fields + "}"))
                            .build();

            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body())
                    .contains("\"text\":\"やあ\"", "\"object\":\"text_completion\"")
                    .doesNotContain("\"error\"");
            if (!fields.isEmpty()) {
                assertThat(response.body()).contains("data: [DONE]");
            }
            assertThat(gateway.takeEnded().outcome().error()).isNull();
        }
    }
}
