package dev.torii.engine.provider.anthropic;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Codec;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Translation;
import dev.torii.model.llm.RouteType;
import java.time.InstantSource;
import java.util.Map;

/// Anthropic, or through `upstream_url` any server that speaks its Messages. Source: Anthropic's
/// API reference.
@AutoService(Provider.class)
public final class AnthropicProvider implements Provider {

    private static final Endpoint ANTHROPIC = new Endpoint("https", "api.anthropic.com", 443, "");
    private static final String VERSION = "2023-06-01";

    private final Codec codec =
            new Translation(new ChatDialect(), new AnthropicDialect(), InstantSource.system());

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public boolean serves(RouteType type) {
        return type == RouteType.CHAT;
    }

    @Override
    public Endpoint endpoint(LlmTarget target) {
        return Endpoint.of(target.options(), ANTHROPIC, "/messages");
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public Map<String, String> headers(LlmTarget target) {
        return Map.of(
                "anthropic-version", target.options().path("anthropic_version").asText(VERSION));
    }
}
