package dev.torii.engine.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A provider that needs nothing but a key, or not even that.
///
/// @param name as in `model.provider`
/// @param variable what its own tools call the variable with the key; null where no key is needed
/// @param header where the key goes
/// @param options `model.options` that it cannot do without
record KnownProvider(
        String name, @Nullable String variable, String header, Map<String, Object> options) {

    private static final String BEARER = "Authorization";

    static final List<KnownProvider> ALL =
            List.of(
                    of("openai", "OPENAI_API_KEY", BEARER),
                    new KnownProvider(
                            "anthropic",
                            "ANTHROPIC_API_KEY",
                            "x-api-key",
                            Map.of("anthropic_version", "2023-06-01")),
                    of("gemini", "GEMINI_API_KEY", "x-goog-api-key"),
                    new KnownProvider(
                            "mistral",
                            "MISTRAL_API_KEY",
                            BEARER,
                            Map.of("mistral_format", "openai")),
                    of("cohere", "COHERE_API_KEY", BEARER),
                    of("deepseek", "DEEPSEEK_API_KEY", BEARER),
                    of("groq", "GROQ_API_KEY", BEARER),
                    of("openrouter", "OPENROUTER_API_KEY", BEARER),
                    of("xai", "XAI_API_KEY", BEARER),
                    of("together", "TOGETHER_API_KEY", BEARER),
                    of("perplexity", "PERPLEXITY_API_KEY", BEARER),
                    of("zai", "ZAI_API_KEY", BEARER),
                    of("huggingface", "HF_TOKEN", BEARER),
                    of("ollama", null, BEARER),
                    of("lmstudio", null, BEARER));

    private static KnownProvider of(String name, @Nullable String variable, String header) {
        return new KnownProvider(name, variable, header, Map.of());
    }
}
