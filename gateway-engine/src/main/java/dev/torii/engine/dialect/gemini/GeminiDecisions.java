package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gateway writes into a client's own request.
final class GeminiDecisions {

    private static final String GENERATION = "generationConfig";
    private static final String SYSTEM = "systemInstruction";
    private static final String WHOLE = "generateContentRequest";

    private GeminiDecisions() {}

    /// The model stands in the path, and in a body only where the client repeats it.
    static void decide(LlmBody request, Decided decided) {
        ObjectNode body = request.json();
        if (body == null) {
            return;
        }
        if (decided.model() != null) {
            model(request, body, name(decided.model()));
        }
        String field = body.has(GENERATION) ? GENERATION : GeminiFields.snakeCase(GENERATION);
        if (!body.has(field)) {
            field = GENERATION;
        }
        ObjectNode generation = Json.object();
        if (body.path(field) instanceof ObjectNode given) {
            generation.setAll(given);
        }
        set(generation, "maxOutputTokens", Decided.json(decided.maxTokens()));
        set(generation, "temperature", Decided.json(decided.temperature()));
        set(generation, "topP", Decided.json(decided.topP()));
        set(generation, "topK", Decided.json(decided.topK()));
        if (!generation.isEmpty()) {
            request.decide(field, generation);
        }
    }

    private static String name(String model) {
        boolean whole = model.startsWith("models/") || model.startsWith("tunedModels/");
        return whole ? model : "models/" + model;
    }

    private static void model(LlmBody request, ObjectNode body, String name) {
        if (body.has("model")) {
            request.decide("model", Decided.json(name));
        }
        String field = body.has(WHOLE) ? WHOLE : GeminiFields.snakeCase(WHOLE);
        if (body.path(field) instanceof ObjectNode given && given.has("model")) {
            request.decide(field, given.deepCopy().put("model", name));
        }
    }

    private static void set(ObjectNode generation, String field, @Nullable JsonNode value) {
        if (value != null) {
            String snake = GeminiFields.snakeCase(field);
            generation.set(generation.has(snake) ? snake : field, value);
        }
    }

    /// As [dev.torii.engine.dialect.ClientDialect#surround].
    static void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        int contents = 0;
        int system = 0;
        for (ObjectNode message : before) {
            if (isSystem(message)) {
                system(body).insert(system++, part(message));
            } else {
                list(body, "contents").insert(contents++, content(message));
            }
        }
        for (ObjectNode message : after) {
            if (isSystem(message)) {
                system(body).add(part(message));
            } else {
                list(body, "contents").add(content(message));
            }
        }
    }

    private static boolean isSystem(ObjectNode message) {
        return message.path("role").asText().equals("system");
    }

    private static ArrayNode system(ObjectNode body) {
        String snake = GeminiFields.snakeCase(SYSTEM);
        String field = body.has(snake) ? snake : SYSTEM;
        JsonNode given = body.path(field);
        ObjectNode system = given instanceof ObjectNode object ? object : body.putObject(field);
        ArrayNode parts = list(system, "parts");
        if (given.isTextual()) {
            parts.addObject().set("text", given);
        }
        return parts;
    }

    /// The list, made of the one object that stands in its place, or of nothing.
    private static ArrayNode list(ObjectNode object, String field) {
        JsonNode given = object.path(field);
        if (given instanceof ArrayNode list) {
            return list;
        }
        ArrayNode list = object.putArray(field);
        return given.isObject() ? list.add(given) : list;
    }

    private static ObjectNode content(ObjectNode message) {
        boolean model = message.path("role").asText().equals("assistant");
        ObjectNode content = Json.object().put("role", model ? "model" : "user");
        content.putArray("parts").add(part(message));
        return content;
    }

    private static ObjectNode part(ObjectNode message) {
        return Json.object().put("text", message.path("content").asText());
    }
}
