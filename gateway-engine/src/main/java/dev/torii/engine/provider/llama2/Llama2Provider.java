package dev.torii.engine.provider.llama2;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.embedding.OllamaEmbeddings;
import dev.torii.engine.dialect.ollama.OllamaDialect;
import dev.torii.engine.dialect.tgi.LlamaDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Llama on a server of one's own; `llama2_format` says what that speaks.
@AutoService(Provider.class)
public final class Llama2Provider implements Provider {

    private final List<ProviderDialect> raw = List.of(new LlamaDialect());
    private final List<ProviderDialect> ollama = List.of(OllamaDialect.CHAT);
    private final List<ProviderDialect> chat =
            List.of(new ChatProviderDialect(ChatProfile.COMPATIBLE));
    private final List<ProviderDialect> generate = List.of(OllamaDialect.GENERATE);
    private final EmbeddingDialect embeddings = new OllamaEmbeddings();

    @Override
    public String name() {
        return "llama2";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return switch (format(target)) {
            case "raw" -> raw;
            case "ollama" -> ollama;
            case "openai" -> chat;
            case null, default -> List.of();
        };
    }

    @Override
    public List<ProviderDialect> completing(LlmTarget target) {
        return "ollama".equals(format(target)) ? generate : dialects(target);
    }

    private static @Nullable String format(LlmTarget target) {
        return target.options().path("llama2_format").textValue();
    }

    /// In OpenAI's format everything passes that OpenAI's clients send; of the Responses nothing is
    /// known.
    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return operation == Operation.PASS
                || (operation != Operation.COUNT_TOKENS && "openai".equals(format(target)));
    }

    @Override
    public @Nullable EmbeddingDialect embeddings(LlmTarget target) {
        return "ollama".equals(format(target)) ? embeddings : null;
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        String url = target.options().path("upstream_url").textValue();
        if (url == null) {
            throw new IllegalArgumentException("expected the address of the server, upstream_url");
        }
        Endpoint server = Endpoint.parse(url);
        return switch (wanted.dialect()) {
            case OllamaDialect.CHAT_NAME, OllamaDialect.GENERATE_NAME ->
                    Endpoint.of(target.options(), server, "/api", path(wanted));
            case LlamaDialect.NAME -> Endpoint.of(target.options(), server, "");
            default -> Endpoint.of(target.options(), server, openAi(wanted));
        };
    }

    private static String path(Wanted wanted) {
        return wanted.operation() == Operation.EMBEDDINGS
                ? "/embed"
                : OllamaDialect.path(wanted.dialect());
    }

    private static String openAi(Wanted wanted) {
        return switch (wanted.operation()) {
            case CHAT, COUNT_TOKENS -> "/chat/completions";
            case COMPLETIONS -> "/completions";
            case EMBEDDINGS -> "/embeddings";
            case MODELS -> "/models";
            case PASS -> wanted.path();
        };
    }
}
