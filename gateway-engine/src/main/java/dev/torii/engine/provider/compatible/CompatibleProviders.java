package dev.torii.engine.provider.compatible;

import static dev.torii.model.llm.Operation.COMPLETIONS;
import static dev.torii.model.llm.Operation.EMBEDDINGS;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.ProviderTable;
import java.util.List;

/// Who copies OpenAI's API, and where. Source: each vendor's API reference.
@AutoService(ProviderTable.class)
public final class CompatibleProviders implements ProviderTable {

    @Override
    public List<Provider> providers() {
        return List.of(
                new CompatibleProvider(
                        "cerebras",
                        "https://api.cerebras.ai/v1",
                        ChatProfile.CEREBRAS,
                        COMPLETIONS),
                new CompatibleProvider("deepseek", "https://api.deepseek.com", ChatProfile.DEEPSEEK)
                        .withResponses(),
                new CompatibleProvider("groq", "https://api.groq.com/openai/v1", ChatProfile.GROQ),
                new CompatibleProvider(
                        "llamacpp",
                        "http://localhost:8080/v1",
                        ChatProfile.LLAMA_CPP,
                        COMPLETIONS,
                        EMBEDDINGS),
                new CompatibleProvider(
                        "lmstudio",
                        "http://localhost:1234/v1",
                        ChatProfile.LM_STUDIO,
                        COMPLETIONS,
                        EMBEDDINGS),
                new CompatibleProvider(
                        "openrouter",
                        "https://openrouter.ai/api/v1",
                        ChatProfile.OPENROUTER,
                        COMPLETIONS,
                        EMBEDDINGS),
                new CompatibleProvider(
                        "perplexity", "https://api.perplexity.ai", ChatProfile.PERPLEXITY),
                new CompatibleProvider(
                        "together",
                        "https://api.together.xyz/v1",
                        ChatProfile.TOGETHER,
                        COMPLETIONS,
                        EMBEDDINGS),
                // Its usual port is the gateway's own.
                new CompatibleProvider("vllm", null, ChatProfile.VLLM, COMPLETIONS, EMBEDDINGS),
                new CompatibleProvider("xai", "https://api.x.ai/v1", ChatProfile.XAI)
                        .withResponses(),
                new CompatibleProvider(
                        "zai", "https://api.z.ai/api/paas/v4", ChatProfile.ZAI, EMBEDDINGS));
    }
}
