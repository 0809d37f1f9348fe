package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of the betas that a client of Anthropic's asks for.
class BetasRoadTest extends RoadBench {

    private static final String ASKED = "context-1m-2025-08-07, made-up-2099-01-01";
    private static final String KNOWN = "context-1m-2025-08-07";

    /// Row 38.
    @ParameterizedTest
    @MethodSource("dev.torii.engine.proxy.ServedProvider#all")
    void goWhereTheyAreUnderstood(ServedProvider provider) throws Exception {
        gateway.modelRoute("/chat");
        gateway.plugin(provider.plugin(upstream.url()));
        upstream.always(provider.answer());

        client.send(
                HttpRequest.newBuilder(URI.create(gateway.url("/chat/v1/messages")))
                        .header("content-type", "application/json")
                        .header("anthropic-beta", ASKED)
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"))
                        .build(),
                BodyHandlers.ofString());

        Received received = upstream.take();
        String header =
                switch (provider.name()) {
                    case "anthropic" -> ASKED;
                    case "gemini" -> provider.passesAnthropic() ? KNOWN : "";
                    default -> "";
                };
        assertThat(received.header("anthropic-beta")).isEqualTo(header);
        if (provider.speech() == ServedProvider.Speech.INVOKE) {
            assertThat(Json.parse(received.text()).path("anthropic_beta"))
                    .isEqualTo(Json.parse("[\"" + KNOWN + "\"]"));
        } else {
            assertThat(received.text()).doesNotContain(KNOWN);
        }
    }
}
