package dev.torii.engine.dialect.bedrock;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a whole answer. It says neither an id nor which model answered.
final class BedrockAnswerReader {

    /// What a block of a tool that the provider runs itself is called.
    static final String SERVER_TOOL = "server_tool_use";

    private BedrockAnswerReader() {}

    static LlmAnswer read(ObjectNode answer) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode block : answer.at("/output/message/content")) {
            if (block instanceof ObjectNode object) {
                parts.add(part(object));
            }
        }
        Finish finish = BedrockFinish.read(answer);
        boolean called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        return new LlmAnswer(
                null,
                0,
                null,
                List.of(new LlmAnswer.Choice(0, parts, called ? finish.withToolCalls() : finish)),
                BedrockUsage.read(answer.path("usage")));
    }

    private static Part part(ObjectNode block) {
        if (block.path("text").isTextual()) {
            return new Part.Text(block.path("text").textValue());
        }
        JsonNode call = block.path("toolUse");
        if (call.isObject() && !SERVER_TOOL.equals(Fields.text(call, "type"))) {
            return new Part.ToolCall(
                    textOrEmpty(call, "toolUseId"),
                    textOrEmpty(call, "name"),
                    call.path("input").isObject() ? Json.text(call.get("input")) : "{}",
                    false,
                    null);
        }
        JsonNode thought = block.path("reasoningContent");
        if (thought.path("reasoningText").isObject()) {
            JsonNode text = thought.path("reasoningText");
            return new Part.Thinking(
                    textOrEmpty(text, "text"),
                    false,
                    BedrockSeals.signature(Fields.text(text, "signature")));
        }
        if (thought.path("redactedContent").isTextual()) {
            return new Part.Thinking(
                    "", false, BedrockSeals.encrypted(thought.path("redactedContent").textValue()));
        }
        JsonNode cited = block.path("citationsContent");
        return cited.isObject() ? cited(cited) : new Part.Opaque(BedrockDialect.NAME, block);
    }

    /// A text with where it was found; what points to the web is told as OpenAI's `url_citation`.
    private static Part cited(JsonNode block) {
        StringBuilder text = new StringBuilder();
        block.path("content").forEach(piece -> text.append(textOrEmpty(piece, "text")));
        List<ObjectNode> annotations = new ArrayList<>();
        for (JsonNode citation : block.path("citations")) {
            ObjectNode annotation = citation(citation);
            if (annotation != null) {
                annotations.add(annotation);
            }
        }
        return new Part.Text(text.toString(), null, annotations);
    }

    /// Null for one that does not point to the web.
    static @Nullable ObjectNode citation(JsonNode citation) {
        String url = Fields.text(citation.at("/location/web"), "url");
        if (url == null) {
            return null;
        }
        ObjectNode annotation = Json.object().put("type", "url_citation");
        annotation
                .putObject("url_citation")
                .put("url", url)
                .put("title", Fields.text(citation, "title"));
        return annotation;
    }
}
