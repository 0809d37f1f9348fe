package dev.torii.engine.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.TokenUsage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Counts tokens where a provider does not say.
public final class TokenEstimator {

    private TokenEstimator() {}

    /// How many tokens a request takes.
    ///
    /// @param model null when it is not known
    public static long count(@Nullable String model, LlmRequest request) {
        String name = lowerCase(model);
        return new ChatTokens(TextTokens.of(name), ChatFraming.of(name)).of(request);
    }

    /// What a call and its answer so far took.
    ///
    /// @param model null when it is not known
    /// @return null when the request is of a kind that cannot be counted
    public static @Nullable TokenUsage estimate(@Nullable String model, LlmCall call) {
        ObjectNode body = call.request().json();
        TextTokens texts = TextTokens.of(lowerCase(model));
        Long prompt = body == null ? null : prompt(model, call, body, texts);
        return prompt == null
                ? null
                : new TokenUsage(
                        prompt, 0, 0, texts.count(call.answer()), 0, TokenUsage.Source.ESTIMATED);
    }

    private static @Nullable Long prompt(
            @Nullable String model, LlmCall call, ObjectNode body, TextTokens texts) {
        ClientDialect dialect = call.client().dialect();
        if (dialect.holdsChat(body)) {
            try {
                return count(model, dialect.readRequest(body));
            } catch (UnsayableException e) {
                return null;
            }
        }
        JsonNode input = body.has("input") ? body.get("input") : body.get("prompt");
        return input == null ? null : inputs(texts, input);
    }

    /// What is to be completed or embedded: texts, or the tokens themselves.
    private static long inputs(TextTokens texts, JsonNode input) {
        if (input.isTextual()) {
            return texts.count(input.textValue());
        }
        long tokens = 0;
        for (JsonNode one : input) {
            tokens += one.isNumber() ? 1 : inputs(texts, one);
        }
        return tokens;
    }

    private static String lowerCase(@Nullable String model) {
        return model == null ? "" : model.toLowerCase(Locale.ROOT);
    }
}
