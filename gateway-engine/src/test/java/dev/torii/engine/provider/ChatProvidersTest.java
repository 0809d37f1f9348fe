package dev.torii.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the providers are that speak OpenAI's dialect, and how they speak it.
class ChatProvidersTest {

    private static final ProviderRegistry PROVIDERS = ProviderRegistry.discovered();

    private static Provider provider(String name) {
        return Objects.requireNonNull(PROVIDERS.find(name), name);
    }

    private static LlmTarget target(String name, String options) throws Exception {
        return new LlmTarget(
                name,
                "m",
                RouteType.CHAT,
                (ObjectNode) Json.parse(options.replace('\'', '"')),
                null,
                null,
                null);
    }

    private static String address(String name, String options, Operation operation)
            throws Exception {
        Endpoint endpoint =
                provider(name)
                        .endpoint(target(name, options), new Wanted(operation, "openai", false));
        return "%s://%s:%d%s%s"
                .formatted(
                        endpoint.scheme(),
                        endpoint.host(),
                        endpoint.port(),
                        endpoint.path(),
                        endpoint.query().isEmpty() ? "" : "?" + endpoint.query());
    }

    @ParameterizedTest
    @CsvSource({
        "cerebras,   https://api.cerebras.ai:443/v1/chat/completions",
        "deepseek,   https://api.deepseek.com:443/chat/completions",
        "groq,       https://api.groq.com:443/openai/v1/chat/completions",
        "llamacpp,   http://localhost:8080/v1/chat/completions",
        "lmstudio,   http://localhost:1234/v1/chat/completions",
        "mistral,    https://api.mistral.ai:443/v1/chat/completions",
        "openai,     https://api.openai.com:443/v1/chat/completions",
        "openrouter, https://openrouter.ai:443/api/v1/chat/completions",
        "perplexity, https://api.perplexity.ai:443/chat/completions",
        "together,   https://api.together.xyz:443/v1/chat/completions",
        "xai,        https://api.x.ai:443/v1/chat/completions",
        "zai,        https://api.z.ai:443/api/paas/v4/chat/completions"
    })
    void chatsAtEachVendorsAddress(String name, String address) throws Exception {
        assertThat(address(name, "{}", Operation.CHAT)).isEqualTo(address);
        assertThat(provider(name).dialects(target(name, "{}")))
                .first()
                .isInstanceOf(ChatProviderDialect.class);
    }

    /// An address that is that of Responses says so of any of them.
    @ParameterizedTest
    @ValueSource(strings = {"azure", "groq", "openai", "openrouter", "vllm", "xai"})
    void speaksResponsesWhereTheAddressSaysSo(String name) throws Exception {
        LlmTarget target = target(name, "{'upstream_url':'http://box:9/api/v1/responses'}");
        assertThat(provider(name).dialects(target))
                .singleElement()
                .isInstanceOf(ResponsesDialect.class);
        assertThat(provider(name).takes(Operation.CHAT, target)).isFalse();
        Wanted wanted = new Wanted(Operation.CHAT, ResponsesDialect.NAME, false);
        assertThat(provider(name).endpoint(target, wanted).path()).isEqualTo("/api/v1/responses");
    }

    @ParameterizedTest
    @CsvSource({
        "http://box:9,                     http://box:9/v1/chat/completions",
        "http://box:9/v1/,                 http://box:9/v1/chat/completions",
        "https://box/api/v1,               https://box:443/api/v1/chat/completions",
        "http://box:9/some/chat,           http://box:9/some/chat"
    })
    void chatsAtAnotherAddressThatIsGiven(String url, String address) throws Exception {
        for (String name : new String[] {"groq", "vllm", "mistral", "openai"}) {
            assertThat(address(name, "{'upstream_url':'" + url + "'}", Operation.CHAT))
                    .isEqualTo(address);
        }
    }

    @Test
    void wantsTheAddressOfAServerThatStandsAnywhere() {
        assertThatThrownBy(() -> address("vllm", "{}", Operation.CHAT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the address of the server, for vllm has none of its own");
    }

    @Test
    void passesOtherCallsWhereTheyAreKnown() throws Exception {
        assertThat(address("together", "{}", Operation.EMBEDDINGS))
                .isEqualTo("https://api.together.xyz:443/v1/embeddings");
        assertThat(address("openrouter", "{}", Operation.PASS))
                .isEqualTo("https://openrouter.ai:443");
        LlmTarget groq = target("groq", "{}");
        assertThat(provider("groq").takes(Operation.COMPLETIONS, groq)).isFalse();
        assertThat(provider("groq").takes(Operation.PASS, groq)).isTrue();
        assertThat(provider("together").takes(Operation.COMPLETIONS, groq)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2023-05-15, CHAT,        /openai/deployments/my%20gpt/chat/completions?api-version=2023-05-15",
        "2024-10-21, COMPLETIONS, /openai/deployments/my%20gpt/completions?api-version=2024-10-21",
        "2024-10-21, EMBEDDINGS,  /openai/deployments/my%20gpt/embeddings?api-version=2024-10-21",
        "v1,         CHAT,        /openai/v1/chat/completions"
    })
    void findsADeploymentAtAzure(String version, Operation operation, String path)
            throws Exception {
        String options =
                "{'azure_instance':'acme','azure_deployment_id':'my gpt','azure_api_version':'%s'}"
                        .formatted(version);
        assertThat(address("azure", options, operation))
                .isEqualTo("https://acme.openai.azure.com:443" + path);
    }

    @ParameterizedTest
    @CsvSource({
        "azure,    https://acme.openai.azure.com:443/openai/v1/responses",
        "deepseek, https://api.deepseek.com:443/responses",
        "xai,      https://api.x.ai:443/v1/responses"
    })
    void passesResponsesOnWhereTheyAreSpoken(String name, String address) throws Exception {
        LlmTarget target = target(name, "{'azure_instance':'acme','azure_api_version':'v1'}");
        ProviderDialect second = provider(name).dialects(target).getLast();
        assertThat(second).isInstanceOf(ResponsesDialect.class);
        Endpoint endpoint =
                provider(name).endpoint(target, new Wanted(Operation.CHAT, second.name(), false));
        assertThat("https://" + endpoint.host() + ":" + endpoint.port() + endpoint.path())
                .isEqualTo(address);
        assertThat(provider(name).takes(Operation.COUNT_TOKENS, target)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"azure,v1", "azure,2024-10-21", "xai,v1", "groq,v1"})
    void makesChatsOfResponsesElsewhere(String name, String version) throws Exception {
        String url = version.equals("v1") ? ",'upstream_url':'http://box:9'" : "";
        LlmTarget target = target(name, "{'azure_api_version':'" + version + "'" + url + "}");
        assertThat(provider(name).dialects(target))
                .hasSize(1)
                .first()
                .isInstanceOf(ChatProviderDialect.class);
    }

    @Test
    void keepsTheVersionAtAnotherAddressOfAzure() throws Exception {
        assertThat(
                        address(
                                "azure",
                                "{'azure_api_version':'2024-10-21','upstream_url':'http://box:9/models/chat/completions'}",
                                Operation.CHAT))
                .isEqualTo("http://box:9/models/chat/completions?api-version=2024-10-21");
    }

    @ParameterizedTest
    @CsvSource({"2023-05-15,false", "2024-08-01-preview,false", "2024-10-21,true", "v1,true"})
    void asksAzureForThoughtsOnlyWhereItsVersionKnowsThem(String version, boolean knows)
            throws Exception {
        ChatProfile profile = profile("azure", "{'azure_api_version':'" + version + "'}");
        assertThat(profile.equals(ChatProfile.AZURE)).isEqualTo(knows);
    }

    private static ChatProfile profile(String name, String options) throws Exception {
        return ((ChatProviderDialect) provider(name).dialects(target(name, options)).getFirst())
                .profile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHAT", "EMBEDDINGS"})
    void leavesMistralsOtherFormatAlone(Operation operation) throws Exception {
        LlmTarget ollama = target("mistral", "{'mistral_format':'ollama'}");
        assertThat(provider("mistral").dialects(ollama))
                .noneMatch(ChatProviderDialect.class::isInstance);
        assertThat(provider("mistral").takes(operation, ollama)).isFalse();
    }
}
