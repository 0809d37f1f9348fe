package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;

/// Citations of the web. Their fields stand beside the type here, and under `url_citation` in the
/// canonical model, as in Chat Completions; a title has to be told here. Those of OpenAI's own
/// files are for OpenAI alone.
final class ResponsesAnnotations {

    private static final String WEB = "url_citation";

    private ResponsesAnnotations() {}

    static List<ObjectNode> read(JsonNode annotations) {
        List<ObjectNode> read = new ArrayList<>();
        for (JsonNode annotation : annotations) {
            if (annotation instanceof ObjectNode object
                    && WEB.equals(Fields.text(object, "type"))) {
                ObjectNode canonical = Json.object().put("type", WEB);
                ObjectNode citation = canonical.putObject(WEB);
                citation.setAll(object);
                citation.remove("type");
                read.add(canonical);
            }
        }
        return read;
    }

    static ArrayNode json(List<ObjectNode> canonical) {
        ArrayNode annotations = Json.array();
        for (ObjectNode annotation : canonical) {
            ObjectNode citation = Fields.object(annotation, WEB);
            if (citation != null) {
                ObjectNode flat = annotations.addObject().put("type", WEB);
                flat.put("start_index", citation.path("start_index").asInt());
                flat.put("end_index", citation.path("end_index").asInt());
                flat.setAll(citation);
                flat.put("title", Fields.textOrEmpty(citation, "title"));
            }
        }
        return annotations;
    }
}
