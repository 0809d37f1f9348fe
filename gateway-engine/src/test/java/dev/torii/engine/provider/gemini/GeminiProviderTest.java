package dev.torii.engine.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where calls to a Gemini go.
class GeminiProviderTest {

    private static final Wanted CHAT = new Wanted(Operation.CHAT, "gemini", false, true);
    private static final Wanted STREAM = new Wanted(Operation.CHAT, "gemini", true, true);

    private final GeminiProvider provider = new GeminiProvider();

    private Endpoint endpoint(String model, String options, Wanted wanted) throws Exception {
        return provider.endpoint(target(model, options), wanted);
    }

    private static LlmTarget target(String model, String options) throws Exception {
        return new LlmTarget(
                "gemini",
                model,
                RouteType.CHAT,
                (ObjectNode) Json.parse(options),
                null,
                null,
                null);
    }

    private static String shown(Endpoint endpoint) {
        return endpoint.scheme()
                + "://"
                + endpoint.host()
                + ":"
                + endpoint.port()
                + endpoint.path()
                + (endpoint.query().isEmpty() ? "" : "?" + endpoint.query());
    }

    private static final String VERTEX =
            "{\"gemini\":{\"api_endpoint\":\"us-east5-aiplatform.googleapis.com\",\"project_id\":\"p\",\"location_id\":\"us-east5\"}}";

    @Test
    void findsAiStudioAndVertex() throws Exception {
        assertThat(shown(endpoint("gemini-2.5-flash", "{}", CHAT)))
                .isEqualTo(
                        "https://generativelanguage.googleapis.com:443/v1beta/models/gemini-2.5-flash:generateContent");
        assertThat(shown(endpoint("gemini-2.5-flash", "{}", STREAM)))
                .isEqualTo(
                        "https://generativelanguage.googleapis.com:443/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
        assertThat(shown(endpoint("gemini-2.5-flash", VERTEX, STREAM)))
                .isEqualTo(
                        "https://us-east5-aiplatform.googleapis.com:443/v1/projects/p/locations/us-east5/publishers/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
        assertThat(shown(endpoint("x", "{}", new Wanted(Operation.COUNT_TOKENS, "gemini", false))))
                .endsWith("/v1beta/models/x:countTokens");
    }

    @Test
    void leavesTheFramingToAClientThatSpeaksGemini() throws Exception {
        assertThat(endpoint("x", "{}", new Wanted(Operation.CHAT, "gemini", true)).query())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Team/My-Model, /v1beta/models/Team/My-Model:generateContent",
        "models/x, /v1beta/models/x:generateContent",
        "tunedModels/x, /v1beta/tunedModels/x:generateContent",
        "'a b?c', /v1beta/models/a%20b%3Fc:generateContent"
    })
    void keepsTheModelsName(String model, String path) throws Exception {
        assertThat(endpoint(model, "{}", CHAT).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example:81, http://a.example:81/v1beta/models/x:generateContent",
        "http://a.example/v1, http://a.example:80/v1/models/x:generateContent",
        "http://a.example/v1beta/, http://a.example:80/v1beta/models/x:generateContent",
        "http://a.example/own, http://a.example:80/own"
    })
    void goesWhereTheOptionsSay(String url, String expected) throws Exception {
        assertThat(shown(endpoint("x", "{\"upstream_url\":\"" + url + "\"}", CHAT)))
                .isEqualTo(expected);
        assertThat(
                        endpoint(
                                        "x",
                                        "{\"upstream_path\":\"/p\",\"upstream_url\":\""
                                                + url
                                                + "\"}",
                                        CHAT)
                                .path())
                .isEqualTo("/p");
    }

    @ParameterizedTest
    @CsvSource({
        "CHAT, false, claude-sonnet-4-5@20250929:rawPredict",
        "CHAT, true, claude-sonnet-4-5@20250929:streamRawPredict",
        "COUNT_TOKENS, false, count-tokens:rawPredict"
    })
    void asksVertexForClaude(Operation operation, boolean stream, String call) throws Exception {
        Endpoint endpoint =
                endpoint(
                        "claude-sonnet-4-5@20250929",
                        VERTEX,
                        new Wanted(operation, "anthropic", stream, true));
        assertThat(endpoint.path())
                .isEqualTo("/v1/projects/p/locations/us-east5/publishers/anthropic/models/" + call);
        assertThat(endpoint.query()).isEmpty();
    }

    @Test
    void speaksMessagesToClaudeAndGeminiToAllOthers() throws Exception {
        assertThat(provider.dialects(target("claude-sonnet-4-5@20250929", VERTEX)))
                .extracting(ProviderDialect::name)
                .containsExactly("anthropic");
        assertThat(provider.dialects(target("gemini-2.5-pro", VERTEX)))
                .extracting(ProviderDialect::name)
                .containsExactly("gemini");
        assertThat(provider.dialects(target("claude-x", "{}")))
                .extracting(ProviderDialect::name)
                .containsExactly("gemini");
    }

    @Test
    void tellsVertexTheVersionInPlaceOfTheModel() throws Exception {
        ProviderDialect claude =
                provider.dialects(target("claude-sonnet-4-5@20250929", VERTEX)).getFirst();
        ObjectNode asked =
                (ObjectNode)
                        Json.parse(
                                "{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        assertThat(
                        Json.text(
                                claude.writeRequest(
                                        new ChatDialect().readRequest(asked), new Losses())))
                .isEqualTo(
                        "{\"anthropic_version\":\"vertex-2023-10-16\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}],\"max_tokens\":9}");

        var passed = new LlmBody(Json.bytes(asked));
        var decided = new Decided("claude-sonnet-4-5@20250929", false, null, null, null, null);
        claude.decide(passed, decided);
        assertThat(Json.parse(passed.bytes()))
                .isEqualTo(
                        Json.parse(
                                "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"anthropic_version\":\"vertex-2023-10-16\"}"));

        asked.remove("max_tokens");
        var counted = new LlmBody(Json.bytes(asked));
        claude.decide(counted, decided);
        assertThat(Json.parse(counted.bytes()).path("model").textValue())
                .isEqualTo("claude-sonnet-4-5@20250929");
    }

    @Test
    void refusesWhatIsNoUrl() {
        assertThatThrownBy(() -> endpoint("x", "{\"upstream_url\":\"ftp://a\"}", CHAT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
