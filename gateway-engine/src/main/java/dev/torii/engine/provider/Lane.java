package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.EmbeddingClient;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.completions.CompletionsDialect;
import dev.torii.engine.dialect.embedding.OpenAiEmbeddingClient;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one call gets to its provider and back: the one place that decides whether bytes pass or are
/// translated.
///
/// @param wanted what the provider is asked for
public record Lane(Wanted wanted, Codec codec) {

    private static final ChatProviderDialect OPENAI = new ChatProviderDialect(ChatProfile.OPENAI);

    private static final ClientDialect COMPLETING = new CompletionsDialect();

    private static final EmbeddingClient EMBEDDING = new OpenAiEmbeddingClient();

    /// The lane of a call; null when the provider does not serve such calls.
    public static @Nullable Lane of(Provider provider, LlmCall call, InstantSource clock) {
        LlmTarget target = call.target();
        Operation operation = call.client().operation();
        return switch (operation) {
            case CHAT ->
                    chat(provider, provider.dialects(target), call.client().dialect(), call, clock);
            case COMPLETIONS ->
                    provider.takes(operation, target)
                            ? openAi(operation, call, chatOf(provider, target))
                            : chat(provider, provider.completing(target), COMPLETING, call, clock);
            case EMBEDDINGS ->
                    provider.takes(operation, target)
                            ? openAi(operation, call, chatOf(provider, target))
                            : embeddings(provider, target);
            case PASS ->
                    target.routeType() == RouteType.PRESERVE
                            ? preserve(provider, call)
                            : pass(provider, call);
            case COUNT_TOKENS -> count(provider, call);
            case MODELS -> null;
        };
    }

    private static Lane openAi(Operation operation, LlmCall call, ChatProviderDialect chat) {
        return new Lane(
                new Wanted(operation, chat.name(), call.stream()), new ChatPassThrough(chat));
    }

    /// How the provider speaks OpenAI's dialect; as OpenAI does where it does not say.
    private static ChatProviderDialect chatOf(Provider provider, LlmTarget target) {
        for (ProviderDialect dialect : provider.dialects(target)) {
            if (dialect instanceof ChatProviderDialect chat) {
                return chat;
            }
        }
        return OPENAI;
    }

    private static @Nullable Lane chat(
            Provider provider,
            List<ProviderDialect> dialects,
            ClientDialect client,
            LlmCall call,
            InstantSource clock) {
        if (client.name().equals(OPENAI.name()) && provider.takes(Operation.CHAT, call.target())) {
            return openAi(Operation.CHAT, call, chatOf(provider, call.target()));
        }
        if (dialects.isEmpty()) {
            return null;
        }
        ProviderDialect own = speaking(client, dialects);
        if (own instanceof ChatProviderDialect chat) {
            return openAi(Operation.CHAT, call, chat);
        }
        if (own != null) {
            return new Lane(wanted(own, call, false), new PassThrough(client, own));
        }
        if (client.onlyPasses()) {
            return null;
        }
        ProviderDialect first = dialects.getFirst();
        return new Lane(wanted(first, call, true), new Translation(client, first, clock));
    }

    private static Wanted wanted(ProviderDialect dialect, LlmCall call, boolean translated) {
        return new Wanted(Operation.CHAT, dialect.name(), call.stream(), translated);
    }

    private static @Nullable Lane embeddings(Provider provider, LlmTarget target) {
        EmbeddingDialect dialect = provider.embeddings(target);
        return dialect == null
                ? null
                : new Lane(
                        new Wanted(Operation.EMBEDDINGS, dialect.name(), false, true),
                        new EmbeddingTranslation(EMBEDDING, dialect));
    }

    private static @Nullable Lane preserve(Provider provider, LlmCall call) {
        return provider.takes(Operation.PASS, call.target())
                ? openAi(Operation.PASS, call, chatOf(provider, call.target()))
                : null;
    }

    /// Who speaks the client's dialect, and not just carries it, has its other calls, too.
    private static @Nullable Lane pass(Provider provider, LlmCall call) {
        ClientDialect client = call.client().dialect();
        ProviderDialect own = speaking(client, provider.dialects(call.target()));
        boolean taken =
                client.vendor().equals(OPENAI.name())
                        ? provider.takes(Operation.PASS, call.target())
                        : own != null && own.unwrapping() == null;
        return taken
                ? new Lane(
                        new Wanted(
                                Operation.PASS,
                                client.name(),
                                call.stream(),
                                false,
                                call.client().path()),
                        new AsItCame())
                : null;
    }

    /// Only who speaks the client's dialect, and not just carries it, can be asked to count in it.
    private static @Nullable Lane count(Provider provider, LlmCall call) {
        ClientDialect client = call.client().dialect();
        ProviderDialect own = speaking(client, provider.dialects(call.target()));
        return own == null || own.unwrapping() != null || !counts(provider, own, call)
                ? null
                : new Lane(
                        new Wanted(Operation.COUNT_TOKENS, own.name(), false), new Untouched(own));
    }

    /// Not all who copy OpenAI's Responses count for them.
    private static boolean counts(Provider provider, ProviderDialect own, LlmCall call) {
        return !own.name().equals(ResponsesDialect.NAME)
                || provider.takes(Operation.COUNT_TOKENS, call.target());
    }

    private static @Nullable ProviderDialect speaking(
            ClientDialect client, List<ProviderDialect> dialects) {
        for (ProviderDialect dialect : dialects) {
            if (dialect.name().equals(client.name())) {
                return dialect;
            }
        }
        return null;
    }
}
