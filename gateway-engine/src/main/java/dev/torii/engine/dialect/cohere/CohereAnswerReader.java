package dev.torii.engine.dialect.cohere;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/// Reads a whole answer. The plan that the model tells before it calls tools is an abridged
/// thought.
final class CohereAnswerReader {

    private CohereAnswerReader() {}

    static LlmAnswer read(ObjectNode answer, ObjectNode message) {
        List<Part> parts = new ArrayList<>();
        String plan = textOrEmpty(message, "tool_plan");
        if (!plan.isEmpty()) {
            parts.add(new Part.Thinking(plan, true, null));
        }
        content(message, parts);
        for (JsonNode call : message.path("tool_calls")) {
            String arguments = textOrEmpty(call.path("function"), "arguments");
            parts.add(
                    new Part.ToolCall(
                            textOrEmpty(call, "id"),
                            textOrEmpty(call.path("function"), "name"),
                            isNone(arguments) ? "{}" : arguments,
                            false,
                            null));
        }
        Finish finish = CohereFinish.read(answer);
        TokenUsage usage = CohereUsage.read(answer.path("usage"));
        return new LlmAnswer(
                Fields.text(answer, "id"),
                0,
                null,
                List.of(
                        new LlmAnswer.Choice(
                                0,
                                parts,
                                message.path("tool_calls").isEmpty()
                                        ? finish
                                        : finish.withToolCalls())),
                usage);
    }

    /// Some models write `null` where a tool takes nothing.
    static boolean isNone(String arguments) {
        return arguments.isEmpty() || arguments.equals("null");
    }

    private static void content(ObjectNode message, List<Part> parts) {
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            parts.add(new Part.Text(content.textValue(), null, citations(message, 0)));
            return;
        }
        for (int i = 0; i < content.size(); i++) {
            JsonNode block = content.path(i);
            String text = textOrEmpty(block, "text");
            String thought = textOrEmpty(block, "thinking");
            if (!thought.isEmpty()) {
                parts.add(new Part.Thinking(thought, false, null));
            }
            if (!text.isEmpty()) {
                parts.add(new Part.Text(text, null, citations(message, i)));
            }
        }
    }

    /// Those that point to the web, as OpenAI's `url_citation`.
    private static List<ObjectNode> citations(ObjectNode message, int block) {
        List<ObjectNode> annotations = new ArrayList<>();
        for (JsonNode citation : message.path("citations")) {
            if (citation.path("content_index").asInt(block) != block) {
                continue;
            }
            annotations.addAll(sources(citation));
        }
        return annotations;
    }

    static List<ObjectNode> sources(JsonNode citation) {
        List<ObjectNode> annotations = new ArrayList<>();
        for (JsonNode source : citation.path("sources")) {
            String url = Fields.text(source.path("document"), "url");
            if (url != null) {
                ObjectNode annotation = Json.object().put("type", "url_citation");
                annotation
                        .putObject("url_citation")
                        .put("start_index", citation.path("start").asInt())
                        .put("end_index", citation.path("end").asInt())
                        .put("url", url)
                        .put("title", Fields.text(source.path("document"), "title"));
                annotations.add(annotation);
            }
        }
        return annotations;
    }
}
