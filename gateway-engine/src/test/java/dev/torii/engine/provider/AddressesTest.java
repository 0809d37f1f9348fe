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
