package dev.torii.engine.provider.compatible;

import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One that copies OpenAI's API, and differs by its address and its profile alone.
final class CompatibleProvider implements Provider {

    private static final Endpoint SOMEWHERE = new Endpoint("http", "localhost", 80, "");

    private static final List<ProviderDialect> RESPONSES = List.of(new ResponsesDialect());

    private final String name;
    private final @Nullable Endpoint base;
    private final List<ProviderDialect> chat;
    private final List<ProviderDialect> dialects;
    private final Set<Operation> also;

    /// @param base where its calls begin; null for a server that stands anywhere
    /// @param also what it takes besides chats
    CompatibleProvider(String name, @Nullable String base, ChatProfile profile, Operation... also) {
        this.name = name;
        this.base = base == null ? null : Endpoint.parse(base);
        this.chat = List.of(new ChatProviderDialect(profile));
        this.dialects = chat;
        this.also = Set.of(also);
    }

    private CompatibleProvider(CompatibleProvider other, List<ProviderDialect> dialects) {
        this.name = other.name;
        this.base = other.base;
        this.chat = other.chat;
        this.dialects = dialects;
        this.also = other.also;
    }

    /// The same for one that copies OpenAI's Responses, too.
    CompatibleProvider withResponses() {
        return new CompatibleProvider(this, List.of(chat.getFirst(), RESPONSES.getFirst()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        if (!elsewhere(target)) {
            return dialects;
        }
        return Endpoint.endsIn(target.options(), "/responses") ? RESPONSES : chat;
    }

    /// Of another server nothing is known but that it chats, unless the address is that of
    /// Responses.
    private static boolean elsewhere(LlmTarget target) {
        return target.options().hasNonNull("upstream_url")
                || target.options().hasNonNull("upstream_path");
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return operation == Operation.PASS || also.contains(operation);
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        String call =
                switch (wanted.operation()) {
                    case CHAT, COUNT_TOKENS ->
                            wanted.dialect().equals(ResponsesDialect.NAME)
                                    ? "/responses"
                                    : "/chat/completions";
                    case COMPLETIONS -> "/completions";
                    case EMBEDDINGS -> "/embeddings";
                    case MODELS -> "/models";
                    case PASS -> wanted.path();
                };
        if (base == null) {
            if (!target.options().path("upstream_url").isTextual()) {
                throw new IllegalArgumentException(
                        "expected the address of the server, for %s has none of its own"
                                .formatted(name));
            }
            return Endpoint.of(target.options(), SOMEWHERE, call);
        }
        return Endpoint.of(
                target.options(),
                call.isEmpty() ? base.withPath("") : base.withPath(base.path() + call),
                call);
    }
}
