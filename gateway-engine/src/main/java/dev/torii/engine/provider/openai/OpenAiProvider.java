package dev.torii.engine.provider.openai;

import com.google.auto.service.AutoService;
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
import java.util.regex.Pattern;

/// OpenAI, or through `upstream_url` any server that copies its API. Source: OpenAI API reference,
/// Chat Completions and Responses.
@AutoService(Provider.class)
public final class OpenAiProvider implements Provider {

    private static final Endpoint OPENAI = new Endpoint("https", "api.openai.com", 443, "");

    private static final String RESPONSES = "/responses";

    /// Models that do not chat in Chat Completions.
    private static final Pattern RESPONSES_ONLY =
            Pattern.compile(
                    "(?:.*-)?codex(?:-.*)?|o\\d+-pro.*|gpt-5(?:\\.\\d+)?-pro.*|.*deep-research.*");

    private final List<ProviderDialect> chat = List.of(new ChatProviderDialect(ChatProfile.OPENAI));
    private final List<ProviderDialect> responses = List.of(new ResponsesDialect());
    private final List<ProviderDialect> both = List.of(chat.getFirst(), responses.getFirst());

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        if (onlyResponses(target)) {
            return responses;
        }
        return elsewhere(target) ? chat : both;
    }

    /// Of other servers the path has to say that they speak Responses, since many copy OpenAI's
    /// chats alone.
    private static boolean onlyResponses(LlmTarget target) {
        if (elsewhere(target)) {
            return Endpoint.endsIn(target.options(), RESPONSES);
        }
        return target.model() != null && RESPONSES_ONLY.matcher(target.model()).matches();
    }

    private static boolean elsewhere(LlmTarget target) {
        return target.options().hasNonNull("upstream_url")
                || target.options().hasNonNull("upstream_path");
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
                    case PASS -> wanted.path();
                };
        return Endpoint.of(target.options(), OPENAI, call);
    }
}
