package dev.torii.engine.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import dev.torii.model.llm.Tool;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Counts tokens where a provider does not say. Vocabularies are loaded when first needed: they
/// take half a second and tens of megabytes.
///
/// Images, audio and files are not counted: what they cost is each provider's own secret.
public final class TokenEstimator {

    /// Longer texts are counted in pieces, so that the work grows with the length and no faster. A
    /// cut costs at most one token.
    private static final int PIECE = 32 * 1024;

    private static final int PER_MESSAGE = 3;
    private static final int PER_NAME = 1;
    private static final int PER_ANSWER = 3;

    private static final Pattern O200K =
            Pattern.compile("(?:chat)?gpt-(?:4o|4\\.[1-9]|[5-9]).*|o\\d.*");

    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();

    /// What a request and its answer so far took.
    ///
    /// @return null when the request is of a kind that cannot be counted
    public @Nullable TokenUsage estimate(
            @Nullable String model, LlmBody request, CharSequence answer) {
        Encoding encoding = encoding(model == null ? "" : model);
        Long prompt = prompt(encoding, request);
        return prompt == null
                ? null
                : new TokenUsage(
                        prompt,
                        0,
                        0,
                        count(encoding, answer.toString()),
                        0,
                        TokenUsage.Source.ESTIMATED);
    }

    /// What a call and its answer so far took, whatever the client's dialect.
    ///
    /// @return null when the request is of a kind that cannot be counted
    @Nullable TokenUsage estimate(@Nullable String model, LlmCall call) {
        ClientDialect dialect = call.client().dialect();
        ObjectNode json = call.request().json();
        if (dialect.name().equals("openai") || json == null) {
            return estimate(model, call.request(), call.answer());
        }
        try {
            long prompt = count(model, dialect.readRequest(json));
            long answer = count(encoding(model == null ? "" : model), call.answer());
            return new TokenUsage(prompt, 0, 0, answer, 0, TokenUsage.Source.ESTIMATED);
        } catch (UnsayableException e) {
            return null;
        }
    }

    /// How many tokens a request takes.
    public long count(@Nullable String model, LlmRequest request) {
        Encoding encoding = encoding(model == null ? "" : model);
        long tokens = PER_ANSWER;
        for (Message message : request.messages()) {
            tokens += PER_MESSAGE + 1;
            for (Part part : message.parts()) {
                tokens += part(encoding, part);
            }
        }
        for (Tool tool : request.tools()) {
            tokens += tool(encoding, tool);
        }
        return tokens;
    }

    private static long part(Encoding encoding, Part part) {
        return switch (part) {
            case Part.Text text -> count(encoding, text.text());
            case Part.Refusal refusal -> count(encoding, refusal.text());
            case Part.Thinking thinking -> count(encoding, thinking.text());
            case Part.Data data -> count(encoding, Json.text(data.json()));
            case Part.ToolCall call ->
                    count(encoding, call.name()) + count(encoding, call.arguments());
            case Part.ToolResult result ->
                    result.parts().stream().mapToLong(piece -> part(encoding, piece)).sum();
            default -> 0;
        };
    }

    private static long tool(Encoding encoding, Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                    count(encoding, function.name())
                            + described(encoding, function.description())
                            + (function.parameters() == null
                                    ? 0
                                    : count(encoding, Json.text(function.parameters())));
            case Tool.Custom custom ->
                    count(encoding, custom.name()) + described(encoding, custom.description());
            case Tool.Server server -> count(encoding, Json.text(server.json()));
        };
    }

    private static long described(Encoding encoding, @Nullable String description) {
        return description == null ? 0 : count(encoding, description);
    }

    private static @Nullable Long prompt(Encoding encoding, LlmBody request) {
        ObjectNode json = request.json();
        if (json == null) {
            return null;
        }
        if (json.get("messages") instanceof ArrayNode messages) {
            long tokens = PER_ANSWER;
            for (JsonNode message : messages) {
                tokens += message(encoding, message);
            }
            JsonNode tools = json.get("tools");
            return tools == null ? tokens : tokens + count(encoding, Json.text(tools));
        }
        if (json.has("input")) {
            return inputs(encoding, json.get("input"));
        }
        JsonNode prompt = json.get("prompt");
        return prompt == null ? null : texts(encoding, prompt);
    }

    /// What is to be embedded: texts, or the tokens themselves.
    private static long inputs(Encoding encoding, JsonNode input) {
        if (input.isTextual()) {
            return count(encoding, input.textValue());
        }
        long tokens = 0;
        for (JsonNode one : input) {
            tokens += one.isNumber() ? 1 : inputs(encoding, one);
        }
        return tokens;
    }

    private static long message(Encoding encoding, JsonNode message) {
        long tokens = PER_MESSAGE + count(encoding, message.path("role").asText());
        if (message.path("name").isTextual()) {
            tokens += PER_NAME + count(encoding, message.path("name").textValue());
        }
        for (JsonNode call : message.path("tool_calls")) {
            tokens += count(encoding, call.path("function").path("name").asText());
            tokens += count(encoding, call.path("function").path("arguments").asText());
        }
        return tokens + texts(encoding, message.path("content"));
    }

    /// The text of a string, or of all text parts of an array.
    private static long texts(Encoding encoding, JsonNode content) {
        if (content.isTextual()) {
            return count(encoding, content.textValue());
        }
        long tokens = 0;
        for (JsonNode part : content) {
            JsonNode text = part.isTextual() ? part : part.path("text");
            tokens += text.isTextual() ? count(encoding, text.textValue()) : 0;
        }
        return tokens;
    }

    private static long count(Encoding encoding, String text) {
        long tokens = 0;
        for (int start = 0; start < text.length(); start += PIECE) {
            int end = Math.min(text.length(), start + PIECE);
            // "Ordinary": a text that spells a control token is a text, and no reason to fail.
            tokens += encoding.countTokensOrdinary(text.substring(start, end));
        }
        return tokens;
    }

    private Encoding encoding(String model) {
        boolean newer = O200K.matcher(model.toLowerCase(Locale.ROOT)).matches();
        return encodings.getEncoding(newer ? EncodingType.O200K_BASE : EncodingType.CL100K_BASE);
    }
}
