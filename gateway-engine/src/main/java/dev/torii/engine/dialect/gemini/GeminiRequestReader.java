package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of `generateContent`. Source: Google's Gemini API reference, "GenerateContent".
final class GeminiRequestReader {

    private static final String GENERATION = "generationConfig";
    private static final String TOOLS = "toolConfig";

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "contents",
                    "systemInstruction",
                    "tools",
                    TOOLS,
                    GENERATION,
                    "serviceTier");

    private static final Set<String> KNOWN_OF_GENERATION =
            Set.of(
                    "temperature",
                    "topP",
                    "topK",
                    "candidateCount",
                    "maxOutputTokens",
                    "stopSequences",
                    "responseLogprobs",
                    "logprobs",
                    "frequencyPenalty",
                    "presencePenalty",
                    "seed",
                    "responseMimeType",
                    "responseSchema",
                    "responseJsonSchema",
                    "_responseJsonSchema",
                    "thinkingConfig");

    private GeminiRequestReader() {}

    static LlmRequest read(ObjectNode body) throws UnsayableException {
        refuseCached(body);
        JsonNode generation = GeminiFields.of(body, GENERATION);
        Integer choices = integer(generation, "candidateCount");
        Integer limit = integer(generation, "maxOutputTokens");
        return new LlmRequest(
                model(body),
                GeminiContentReader.read(body),
                GeminiToolReader.tools(body),
                GeminiToolReader.choice(GeminiFields.of(body, TOOLS)),
                null,
                sampling(generation),
                limit == null ? null : new OutputLimit(limit, "maxOutputTokens"),
                format(generation),
                null,
                GeminiThinking.read(generation),
                new Session(null, null, tier(body), null, null),
                choices == null ? 1 : choices,
                false,
                true,
                extra(body, generation));
    }

    private static void refuseCached(ObjectNode body) throws UnsayableException {
        String cached = GeminiFields.text(body, "cachedContent");
        if (cached != null && !cached.isEmpty()) {
            throw new UnsayableException(
                    "cachedContent: what it holds lies with Google; send it in contents");
        }
    }

    private static @Nullable String model(ObjectNode body) {
        String model = GeminiFields.text(body, "model");
        return model != null && model.startsWith("models/")
                ? model.substring("models/".length())
                : model;
    }

    private static @Nullable String tier(ObjectNode body) {
        String tier = GeminiFields.text(body, "serviceTier");
        return "standard".equals(tier) ? "default" : tier;
    }

    private static Sampling sampling(JsonNode generation) {
        JsonNode seed = GeminiFields.of(generation, "seed");
        JsonNode logprobs = GeminiFields.of(generation, "responseLogprobs");
        return new Sampling(
                number(generation, "temperature"),
                number(generation, "topP"),
                integer(generation, "topK"),
                number(generation, "frequencyPenalty"),
                number(generation, "presencePenalty"),
                seed.isNumber() ? Long.valueOf(seed.longValue()) : null,
                GeminiFields.texts(generation, "stopSequences"),
                logprobs.isBoolean() ? Boolean.valueOf(logprobs.booleanValue()) : null,
                integer(generation, "logprobs"),
                null);
    }

    private static @Nullable BigDecimal number(JsonNode object, String field) {
        JsonNode value = GeminiFields.of(object, field);
        return value.isNumber() ? value.decimalValue() : null;
    }

    private static @Nullable Integer integer(JsonNode object, String field) {
        JsonNode value = GeminiFields.of(object, field);
        return value.isNumber() && value.canConvertToInt()
                ? Integer.valueOf(value.intValue())
                : null;
    }

    private static @Nullable OutputFormat format(JsonNode generation) {
        String type = GeminiFields.text(generation, "responseMimeType");
        if (!"application/json".equals(type)) {
            return "text/plain".equals(type) ? new OutputFormat.Text() : null;
        }
        ObjectNode schema = GeminiFields.object(generation, "responseJsonSchema");
        if (schema == null) {
            schema = GeminiFields.object(generation, "_responseJsonSchema");
        }
        if (schema == null) {
            ObjectNode openApi = GeminiFields.object(generation, "responseSchema");
            schema = openApi == null ? null : GeminiOpenApi.jsonSchema(openApi);
        }
        return schema == null
                ? new OutputFormat.JsonObject()
                : new OutputFormat.JsonSchema("answer", schema, null, null);
    }

    /// Fields below another are named with a dot.
    private static Extra extra(ObjectNode body, JsonNode generation) {
        ObjectNode others = Json.object();
        others(body, "", KNOWN, others);
        others(generation, GENERATION + ".", KNOWN_OF_GENERATION, others);
        others(GeminiFields.of(body, TOOLS), TOOLS + ".", Set.of("functionCallingConfig"), others);
        if ("text/x.enum".equals(GeminiFields.text(generation, "responseMimeType"))) {
            for (String field : new String[] {"responseMimeType", "responseSchema"}) {
                others.set(GENERATION + "." + field, GeminiFields.of(generation, field));
            }
        }
        return others.isEmpty() ? Extra.NONE : new Extra(GeminiDialect.NAME, others);
    }

    private static void others(
            JsonNode object, String prefix, Set<String> known, ObjectNode others) {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())
                    && !known.contains(GeminiFields.camelCase(field.getKey()))) {
                others.set(prefix + field.getKey(), field.getValue());
            }
        }
    }
}
