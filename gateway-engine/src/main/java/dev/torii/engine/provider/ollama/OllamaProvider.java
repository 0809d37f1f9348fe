package dev.torii.engine.provider.ollama;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.embedding.OllamaEmbeddings;
import dev.torii.engine.dialect.ollama.OllamaDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;

/// Ollama, on this machine or elsewhere. It is asked in its own words by OpenAI's clients too,
/// since its copy of OpenAI's API has no `top_k`, no levels of thinking and no `keep_alive`.
/// Source: Ollama's API reference.
@AutoService(Provider.class)
public final class OllamaProvider implements Provider {

    private static final Endpoint LOCAL = new Endpoint("http", "localhost", 11434, "");

    private final List<ProviderDialect> chat = List.of(OllamaDialect.CHAT);
    private final List<ProviderDialect> generate = List.of(OllamaDialect.GENERATE);
    private final EmbeddingDialect embeddings = new OllamaEmbeddings();

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return chat;
    }

    @Override
    public List<ProviderDialect> completing(LlmTarget target) {
        return generate;
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
            return Endpoint.of(target.options(), LOCAL, wanted.path());
        }
        String call =
                wanted.operation() == Operation.EMBEDDINGS
                        ? "/embed"
                        : OllamaDialect.path(wanted.dialect());
        return Endpoint.of(target.options(), LOCAL, "/api", call);
    }
}
