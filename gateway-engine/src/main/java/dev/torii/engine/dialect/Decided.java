package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gateway decides about a request, over the client's head; what is null it leaves to the
/// client.
///
/// @param stream whether the answer is streamed
/// @param betas what the client asks for beside its body, as [ClientDialect#betas] reads it
public record Decided(
        @Nullable String model,
        boolean stream,
        @Nullable Integer maxTokens,
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal topP,
        @Nullable Integer topK,
        List<String> betas) {

    public Decided(
            @Nullable String model,
            boolean stream,
            @Nullable Integer maxTokens,
            @Nullable BigDecimal temperature,
            @Nullable BigDecimal topP,
            @Nullable Integer topK) {
        this(model, stream, maxTokens, temperature, topP, topK, List.of());
    }

    /// What a plugin's settings say.
    ///
    /// @param options the plugin's `model.options`
    public static Decided of(@Nullable String model, boolean stream, ObjectNode options) {
        return new Decided(
                model,
                stream,
                integer(options, "max_tokens"),
                decimal(options, "temperature"),
                decimal(options, "top_p"),
                integer(options, "top_k"));
    }

    public Decided asking(List<String> names) {
        return new Decided(model, stream, maxTokens, temperature, topP, topK, names);
    }

    private static @Nullable Integer integer(ObjectNode options, String name) {
        return options.path(name).isNumber() ? Integer.valueOf(options.get(name).intValue()) : null;
    }

    private static @Nullable BigDecimal decimal(ObjectNode options, String name) {
        return options.path(name).isNumber() ? options.get(name).decimalValue() : null;
    }

    /// A decision as [dev.torii.model.llm.LlmBody#decide] takes it.
    public static @Nullable JsonNode json(@Nullable String value) {
        return value == null ? null : TextNode.valueOf(value);
    }

    /// A decision as [dev.torii.model.llm.LlmBody#decide] takes it.
    public static @Nullable JsonNode json(@Nullable Integer value) {
        return value == null ? null : IntNode.valueOf(value);
    }

    /// A decision as [dev.torii.model.llm.LlmBody#decide] takes it.
    public static @Nullable JsonNode json(@Nullable BigDecimal value) {
        return value == null ? null : DecimalNode.valueOf(value);
    }
}
