package dev.torii.engine.provider.cohere;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.cohere.CohereDialect;
import dev.torii.engine.dialect.embedding.CohereEmbeddings;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;

/// Cohere, by version 2 of its API. Source: Cohere's API reference.
@AutoService(Provider.class)
public final class CohereProvider implements Provider {

    private static final Endpoint COHERE = new Endpoint("https", "api.cohere.com", 443, "");

    private final List<ProviderDialect> dialects = List.of(new CohereDialect());
    private final EmbeddingDialect embeddings = new CohereEmbeddings();

    @Override
    public String name() {
        return "cohere";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return dialects;
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return operation == Operation.PASS;
    }

    @Override
    public EmbeddingDialect embeddings(LlmTarget target) {
        return embeddings;
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        if (wanted.operation() == Operation.PASS) {
            return Endpoint.of(target.options(), COHERE, wanted.path());
        }
        String call = wanted.operation() == Operation.EMBEDDINGS ? "/embed" : "/chat";
        Endpoint endpoint = Endpoint.of(target.options(), COHERE, "/v2", call);
        // Version 1, by which others speak to Cohere, has another dialect.
        return endpoint.path().equals("/v1" + call) ? endpoint.withPath("/v2" + call) : endpoint;
    }
}
