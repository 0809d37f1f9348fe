package dev.torii.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where calls of providers with dialects of their own go, and in which dialect.
class AddressesTest {

    private final ProviderRegistry registry = ProviderRegistry.discovered();

    private static LlmTarget target(String provider, RouteType type, String options)
            throws Exception {
        return new LlmTarget(
                provider, "org/m", type, (ObjectNode) Json.parse(options), null, null, null);
    }

    private String address(String name, RouteType type, String options) throws Exception {
        Provider provider = Objects.requireNonNull(registry.find(name));
        LlmTarget target = target(name, type, options);
        boolean completes = type == RouteType.COMPLETIONS;
        List<ProviderDialect> dialects =
                completes ? provider.completing(target) : provider.dialects(target);
        String dialect = dialects.getFirst().name();
        boolean taken = completes && provider.takes(Operation.COMPLETIONS, target);
        Operation operation = taken ? Operation.COMPLETIONS : Operation.CHAT;
        Endpoint endpoint = provider.endpoint(target, new Wanted(operation, dialect, false));
        return dialect
                + " "
                + endpoint.scheme()
                + "://"
                + endpoint.host()
                + ":"
                + endpoint.port()
                + endpoint.path();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cohere|CHAT|{}|cohere https://api.cohere.com:443/v2/chat",
                "openai|CHAT|{\"upstream_url\":\"http://a:8//v1/responses?b=/c\"}|openai-responses"
                        + " http://a:8/v1/responses",
                "openai|CHAT|{\"upstream_url\":\"http://a:8/v1/responses\",\"upstream_path\":\"/v1/chat\"}|openai"
                        + " http://a:8/v1/chat",
                "openai|CHAT|{\"upstream_url\":\"http://a:8/b?c=/responses\"}|openai http://a:8/b",
                "groq|CHAT|{\"upstream_path\":\"/responses\"}|openai-responses"
                        + " https://api.groq.com:443/responses",
                "cohere|COMPLETIONS|{}|cohere https://api.cohere.com:443/v2/chat",
                "cohere|CHAT|{\"upstream_url\":\"https://a/v1/chat\"}|cohere https://a:443/v2/chat",
                "cohere|CHAT|{\"upstream_url\":\"https://a/v2\"}|cohere https://a:443/v2/chat",
                "cohere|CHAT|{\"upstream_url\":\"https://a/b\"}|cohere https://a:443/b",
                "cohere|CHAT|{\"upstream_path\":\"/b\"}|cohere https://api.cohere.com:443/b",
                "mistral|CHAT|{\"mistral_format\":\"ollama\",\"upstream_url\":\"http://a:8\"}|ollama"
                        + " http://a:8/api/chat",
                "mistral|COMPLETIONS|{\"mistral_format\":\"ollama\",\"upstream_url\":\"http://a:8/api\"}|ollama-generate"
                        + " http://a:8/api/generate",
                "ollama|CHAT|{}|ollama http://localhost:11434/api/chat",
                "ollama|COMPLETIONS|{}|ollama-generate http://localhost:11434/api/generate",
                "llama2|CHAT|{\"llama2_format\":\"raw\",\"upstream_url\":\"http://a:8/b\"}|llama2"
                        + " http://a:8/b",
                "llama2|CHAT|{\"llama2_format\":\"ollama\",\"upstream_url\":\"http://a:8\"}|ollama"
                        + " http://a:8/api/chat",
                "llama2|CHAT|{\"llama2_format\":\"ollama\",\"upstream_url\":\"http://a:8/b\"}|ollama"
                        + " http://a:8/b",
                "llama2|COMPLETIONS|{\"llama2_format\":\"ollama\",\"upstream_url\":\"http://a:8/api/\"}|ollama-generate"
                        + " http://a:8/api/generate",
                "llama2|CHAT|{\"llama2_format\":\"openai\",\"upstream_url\":\"http://a:8\"}|openai"
                        + " http://a:8/v1/chat/completions",
                "llama2|COMPLETIONS|{\"llama2_format\":\"openai\",\"upstream_url\":\"http://a:8/v1\"}|openai"
                        + " http://a:8/v1/completions",
                "huggingface|CHAT|{}|openai https://router.huggingface.co:443/v1/chat/completions",
                "huggingface|CHAT|{\"upstream_url\":\"https://a/models/m\"}|openai"
                        + " https://a:443/models/m/v1/chat/completions",
                "huggingface|CHAT|{\"upstream_url\":\"https://a/v1/\"}|openai"
                        + " https://a:443/v1/chat/completions",
                "huggingface|CHAT|{\"upstream_path\":\"/b\"}|openai"
                        + " https://router.huggingface.co:443/b",
                "huggingface|COMPLETIONS|{}|text-generation"
                        + " https://router.huggingface.co:443/hf-inference/models/org/m",
                "huggingface|COMPLETIONS|{\"upstream_url\":\"https://a/b\"}|text-generation"
                        + " https://a:443/b"
            })
    void areChosenByRouteAndOptions(String name, RouteType type, String options, String expected)
            throws Exception {
        assertThat(address(name, type, options)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cohere|{}|https://api.cohere.com:443/v2/embed",
                "cohere|{\"upstream_url\":\"https://a/v1/embed\"}|https://a:443/v2/embed",
                "ollama|{}|http://localhost:11434/api/embed",
                "llama2|{\"llama2_format\":\"ollama\",\"upstream_url\":\"http://a:8\"}|http://a:8/api/embed",
                "mistral|{}|https://api.mistral.ai:443/v1/embeddings",
                "huggingface|{}|https://router.huggingface.co:443/hf-inference/models/org/m/pipeline/feature-extraction",
                "huggingface|{\"upstream_url\":\"https://a/b\"}|https://a:443/b",
                "gemini|{}|https://generativelanguage.googleapis.com:443/v1beta/models/org/m:batchEmbedContents",
                "bedrock|{\"bedrock\":{\"aws_region\":\"eu-west-1\"}}|https://bedrock-runtime.eu-west-1.amazonaws.com:443/model/org%2Fm/invoke"
            })
    void haveOneForEmbeddings(String name, String options, String expected) throws Exception {
        Provider provider = Objects.requireNonNull(registry.find(name));
        LlmTarget target = target(name, RouteType.EMBEDDINGS, options);
        assertThat(provider.takes(Operation.EMBEDDINGS, target)).isFalse();
        String dialect = Objects.requireNonNull(provider.embeddings(target)).name();
        Wanted wanted = new Wanted(Operation.EMBEDDINGS, dialect, false, true);
        assertThat(shown(provider.endpoint(target, wanted))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai|{}|https://api.openai.com:443/v1/images/edits",
                "openai|{\"upstream_url\":\"http://a:8/v1\"}|http://a:8/v1/images/edits",
                "groq|{}|https://api.groq.com:443/openai/v1/images/edits",
                "mistral|{}|https://api.mistral.ai:443/v1/images/edits",
                "huggingface|{}|https://router.huggingface.co:443/v1/images/edits",
                "azure|{\"azure_instance\":\"i\",\"azure_deployment_id\":\"d\"}|https://i.openai.azure.com:443/openai/deployments/d/images/edits",
                "azure|{\"azure_instance\":\"i\",\"azure_api_version\":\"v1\"}|https://i.openai.azure.com:443/openai/v1/images/edits"
            })
    void haveOneForCallsThatPass(String name, String options, String expected) throws Exception {
        assertThat(passed(name, options, "/images/edits")).isEqualTo(expected);
    }

    /// Files are of no deployment.
    @Test
    void leadToAzuresFiles() throws Exception {
        assertThat(
                        passed(
                                "azure",
                                "{\"azure_instance\":\"i\",\"azure_deployment_id\":\"d\"}",
                                "/files/f"))
                .isEqualTo("https://i.openai.azure.com:443/openai/files/f");
    }

    private String passed(String name, String options, String path) throws Exception {
        Provider provider = Objects.requireNonNull(registry.find(name));
        LlmTarget target = target(name, RouteType.CHAT, options);
        assertThat(provider.takes(Operation.PASS, target)).isTrue();
        Wanted wanted = new Wanted(Operation.PASS, "openai", false, false, path);
        return shown(provider.endpoint(target, wanted));
    }

    private static String shown(Endpoint endpoint) {
        return "%s://%s:%d%s"
                .formatted(endpoint.scheme(), endpoint.host(), endpoint.port(), endpoint.path());
    }

    @Test
    void areNeededForALlama() {
        assertThatThrownBy(() -> address("llama2", RouteType.CHAT, "{\"llama2_format\":\"raw\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("upstream_url");
    }

    @Test
    void comeWithWhatHuggingFaceIsTold() throws Exception {
        Provider provider = Objects.requireNonNull(registry.find("huggingface"));
        assertThat(provider.headers(target("huggingface", RouteType.CHAT, "{}"))).isEmpty();
        assertThat(
                        provider.headers(
                                target(
                                        "huggingface",
                                        RouteType.CHAT,
                                        "{\"huggingface\":{\"use_cache\":false,\"wait_for_model\":true}}")))
                .isEqualTo(Map.of("x-use-cache", "false", "x-wait-for-model", "true"));
    }
}
