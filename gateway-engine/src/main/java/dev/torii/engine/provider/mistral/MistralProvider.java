package dev.torii.engine.provider.mistral;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.embedding.OpenAiEmbeddings;
import dev.torii.engine.dialect.ollama.OllamaDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Mistral, or one of its models behind Ollama where `mistral_format` says so. Source: Mistral's
/// API reference.
@AutoService(Provider.class)
public final class MistralProvider implements Provider {

    private static final Endpoint MISTRAL = new Endpoint("https", "api.mistral.ai", 443, "");

    private final List<ProviderDialect> chat =
            List.of(new ChatProviderDialect(ChatProfile.MISTRAL));
    private final List<ProviderDialect> ollama = List.of(OllamaDialect.CHAT);
    private final List<ProviderDialect> generate = List.of(OllamaDialect.GENERATE);

    @Override
    public String name() {
        return "mistral";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return speaksChat(target) ? chat : ollama;
    }

    @Override
    public List<ProviderDialect> completing(LlmTarget target) {
        return speaksChat(target) ? chat : generate;
    }

    private static boolean speaksChat(LlmTarget target) {
        return target.options().path("mistral_format").asText("openai").equals("openai");
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return speaksChat(target) && operation == Operation.PASS;
    }

    @Override
    public @Nullable EmbeddingDialect embeddings(LlmTarget target) {
        return speaksChat(target) ? OpenAiEmbeddings.MISTRAL : null;
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        if (!speaksChat(target)) {
            return Endpoint.of(
                    target.options(), MISTRAL, "/api", OllamaDialect.path(wanted.dialect()));
        }
        String call =
                switch (wanted.operation()) {
                    case EMBEDDINGS -> "/embeddings";
                    case PASS -> wanted.path();
                    case CHAT, COMPLETIONS, COUNT_TOKENS, MODELS -> "/chat/completions";
                };
        return Endpoint.of(target.options(), MISTRAL, call);
    }
}
