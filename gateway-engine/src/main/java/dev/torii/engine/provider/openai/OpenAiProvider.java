package dev.torii.engine.provider.openai;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;

/// OpenAI, or through `upstream_url` any server that copies its API. Source: OpenAI API reference,
/// Chat Completions.
@AutoService(Provider.class)
public final class OpenAiProvider implements Provider {

    private static final Endpoint OPENAI = new Endpoint("https", "api.openai.com", 443, "");

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return List.of();
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return true;
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        String call =
                switch (wanted.operation()) {
                    case CHAT, COUNT_TOKENS -> "/chat/completions";
                    case COMPLETIONS -> "/completions";
                    case EMBEDDINGS -> "/embeddings";
                    case MODELS -> "/models";
                    case PASS -> "";
                };
        return Endpoint.of(target.options(), OPENAI, call);
    }
}
