package dev.torii.engine.provider.openai;

import com.google.auto.service.AutoService;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Codec;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.model.llm.RouteType;

/// OpenAI, or through `upstream_url` any server that copies its API. Source: OpenAI API reference,
/// Chat Completions.
@AutoService(Provider.class)
public final class OpenAiProvider implements Provider {

    private static final Endpoint OPENAI = new Endpoint("https", "api.openai.com", 443, "");

    private final Codec codec = new OpenAiCodec();

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public boolean serves(RouteType type) {
        return true;
    }

    @Override
    public Endpoint endpoint(LlmTarget target) {
        String call =
                switch (target.routeType()) {
                    case CHAT -> "/chat/completions";
                    case COMPLETIONS -> "/completions";
                    case PRESERVE -> "";
                };
        return Endpoint.of(target.options(), OPENAI, call);
    }

    @Override
    public Codec codec() {
        return codec;
    }
}
