package dev.torii.engine.provider.openai;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;

/// OpenAI, or through `upstream_url` any server that copies its API. Source: OpenAI API reference,
/// Chat Completions and Responses.
@AutoService(Provider.class)
public final class OpenAiProvider implements Provider {

    private static final Endpoint OPENAI = new Endpoint("https", "api.openai.com", 443, "");

    private static final String RESPONSES = "/responses";

    private final List<ProviderDialect> responses = List.of(new ResponsesDialect());

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return speaksResponses(target) ? responses : List.of();
    }

    /// OpenAI itself does; of other servers the path has to say so, since many copy its chats
    /// alone.
    private static boolean speaksResponses(LlmTarget target) {
        boolean elsewhere =
                target.options().hasNonNull("upstream_url")
                        || target.options().hasNonNull("upstream_path");
        return !elsewhere || onlyResponses(target);
    }

    private static boolean onlyResponses(LlmTarget target) {
        return Endpoint.of(target.options(), OPENAI, "").path().endsWith(RESPONSES);
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return operation != Operation.CHAT || !onlyResponses(target);
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        boolean spoken = wanted.dialect().equals(ResponsesDialect.NAME);
        String call =
                switch (wanted.operation()) {
                    case CHAT -> spoken ? RESPONSES : "/chat/completions";
                    case COUNT_TOKENS -> spoken ? RESPONSES + "/input_tokens" : "/chat/completions";
                    case COMPLETIONS -> "/completions";
                    case EMBEDDINGS -> "/embeddings";
                    case MODELS -> "/models";
                    case PASS -> "";
                };
        return Endpoint.of(target.options(), OPENAI, call);
    }
}
