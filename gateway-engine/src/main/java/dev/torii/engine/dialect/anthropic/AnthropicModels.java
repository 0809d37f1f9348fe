package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.model.json.Json;
import java.util.List;

/// Models as clients of Anthropic list them, all on one page. Source: Anthropic's API reference,
/// "List Models".
final class AnthropicModels {

    private AnthropicModels() {}

    static ObjectNode list(List<ModelCard> models) {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        models.forEach(model -> data.add(json(model)));
        return list.put("has_more", false)
                .put("first_id", models.isEmpty() ? null : models.getFirst().id())
                .put("last_id", models.isEmpty() ? null : models.getLast().id());
    }

    static ObjectNode json(ModelCard model) {
        ObjectNode json =
                Json.object()
                        .put("type", "model")
                        .put("id", model.id())
                        .put("display_name", model.id())
                        .put("created_at", model.created().toString());
        if (model.inputLimit() != null) {
            json.put("max_input_tokens", model.inputLimit());
        }
        if (model.outputLimit() != null) {
            json.put("max_tokens", model.outputLimit());
        }
        return json;
    }
}
