package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where texts were found: `annotations` of a message, or what Perplexity and xAI tell of a whole
/// answer, with titles in `search_results` or by their addresses alone in `citations`.
final class ChatCitations {

    private ChatCitations() {}

    static List<ObjectNode> ofMessage(JsonNode message) {
        List<ObjectNode> citations = new ArrayList<>();
        for (JsonNode annotation : message.path("annotations")) {
            if (annotation instanceof ObjectNode object) {
                citations.add(object);
            }
        }
        return citations;
    }

    static List<ObjectNode> ofAnswer(JsonNode answer) {
        List<ObjectNode> citations = new ArrayList<>();
        for (JsonNode result : answer.path("search_results")) {
            add(Fields.text(result, "url"), Fields.text(result, "title"), citations);
        }
        if (citations.isEmpty()) {
            answer.path("citations").forEach(url -> add(url.textValue(), null, citations));
        }
        return citations;
    }

    private static void add(
            @Nullable String url, @Nullable String title, List<ObjectNode> citations) {
        if (url != null) {
            ObjectNode citation = Json.object().put("type", "url_citation");
            citation.putObject("url_citation").put("url", url).put("title", title);
            citations.add(citation);
        }
    }
}
