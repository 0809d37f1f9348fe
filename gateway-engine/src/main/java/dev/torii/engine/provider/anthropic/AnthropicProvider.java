package dev.torii.engine.provider.anthropic;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;
import java.util.Map;

/// Anthropic, or through `upstream_url` any server that speaks its Messages. Source: Anthropic's
/// API reference.
@AutoService(Provider.class)
public final class AnthropicProvider implements Provider {

    private static final Endpoint ANTHROPIC = new Endpoint("https", "api.anthropic.com", 443, "");
    private static final String VERSION = "2023-06-01";

    private final List<ProviderDialect> dialects = List.of(new AnthropicDialect());

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return dialects;
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        boolean count = wanted.operation() == Operation.COUNT_TOKENS;
        String call = count ? "/messages/count_tokens" : "/messages";
        return Endpoint.of(
                target.options(),
                ANTHROPIC,
                wanted.operation() == Operation.PASS ? wanted.path() : call);
    }

    @Override
    public Map<String, String> headers(LlmTarget target) {
        return Map.of(
                "anthropic-version", target.options().path("anthropic_version").asText(VERSION));
    }
}
