package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a whole `message`.
final class AnthropicAnswerReader {

    private AnthropicAnswerReader() {}

    static LlmAnswer read(ObjectNode answer) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode block : answer.path("content")) {
            if (block instanceof ObjectNode object) {
                parts.add(part(object));
            }
        }
        var usage = new AnthropicUsage();
        usage.update(answer.path("usage"));
        return new LlmAnswer(
                Fields.text(answer, "id"),
                0,
                Fields.text(answer, "model"),
                List.of(new LlmAnswer.Choice(0, parts, AnthropicFinish.read(answer))),
                usage.isKnown() ? usage.tokens(TokenUsage.Source.FINAL) : null);
    }

    private static Part part(ObjectNode block) {
        return switch (Fields.text(block, "type")) {
            case "text" -> new Part.Text(textOrEmpty(block, "text"), null, citations(block));
            case "tool_use" ->
                    new Part.ToolCall(
                            textOrEmpty(block, "id"),
                            textOrEmpty(block, "name"),
                            block.path("input").isObject() ? Json.text(block.get("input")) : "{}",
                            false,
                            null);
            case "thinking" ->
                    new Part.Thinking(textOrEmpty(block, "thinking"), false, signature(block));
            case "redacted_thinking" ->
                    new Part.Thinking(
                            "", false, AnthropicSeals.encrypted(textOrEmpty(block, "data")));
            case null, default -> new Part.Opaque(AnthropicDialect.NAME, block);
        };
    }

    private static @Nullable Seal signature(ObjectNode block) {
        return AnthropicSeals.signature(Fields.text(block, "signature"));
    }

    /// Those that point to the web, as OpenAI's `url_citation`.
    private static List<ObjectNode> citations(ObjectNode block) {
        List<ObjectNode> annotations = new ArrayList<>();
        for (JsonNode citation : block.path("citations")) {
            ObjectNode annotation = citation(citation);
            if (annotation != null) {
                annotations.add(annotation);
            }
        }
        return annotations;
    }

    /// Null for one that does not point to the web.
    static @Nullable ObjectNode citation(JsonNode citation) {
        String url = Fields.text(citation, "url");
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
