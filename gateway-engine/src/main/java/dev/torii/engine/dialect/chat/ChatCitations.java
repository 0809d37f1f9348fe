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

    private static final String WEB = "url_citation";

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

    /// The same citation where the text begins elsewhere: here all texts of a message are one,
    /// whose beginning places are counted from.
    ///
    /// @param by how far the text's beginning is off; a place that would lie before it is left out
    static ObjectNode moved(ObjectNode citation, int by) {
        Integer start = Fields.integer(citation.path(WEB), "start_index");
        Integer end = Fields.integer(citation.path(WEB), "end_index");
        if (by == 0 || start == null || end == null) {
            return citation;
        }
        ObjectNode moved = citation.deepCopy();
        ObjectNode web = moved.withObjectProperty(WEB);
        if (start + by < 0) {
            web.remove(List.of("start_index", "end_index"));
        } else {
            web.put("start_index", start + by).put("end_index", end + by);
        }
        return moved;
    }

    /// As places are counted. A stream may cut a character into its two halves.
    static int length(String text) {
        return (int) text.chars().filter(c -> !Character.isLowSurrogate((char) c)).count();
    }

    private static void add(
            @Nullable String url, @Nullable String title, List<ObjectNode> citations) {
        if (url != null) {
            ObjectNode citation = Json.object().put("type", WEB);
            citation.putObject(WEB).put("url", url).put("title", title);
            citations.add(citation);
        }
    }
}
