package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.model.json.Json;
import java.util.List;

/// The answer to `GET /v1beta/models`. Source: Google's Gemini API reference, "Models".
final class GeminiModels {

    private GeminiModels() {}

    static ObjectNode json(List<ModelCard> models) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("models");
        models.forEach(model -> list.add(json(model)));
        return json;
    }

    static ObjectNode json(ModelCard model) {
        ObjectNode json =
                Json.object().put("name", "models/" + model.id()).put("displayName", model.id());
        if (model.inputLimit() != null) {
            json.put("inputTokenLimit", model.inputLimit());
        }
        if (model.outputLimit() != null) {
            json.put("outputTokenLimit", model.outputLimit());
        }
        json.putArray("supportedGenerationMethods").add("generateContent").add("countTokens");
        return json;
    }
}
