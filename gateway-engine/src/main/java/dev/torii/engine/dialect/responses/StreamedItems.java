package dev.torii.engine.dialect.responses;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.responses.StreamedParts.Place;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.function.Consumer;

/// The items of a streamed response: first announced, in the end said whole.
final class StreamedItems {

    private final StreamedParts parts;

    StreamedItems(StreamedParts parts) {
        this.parts = parts;
    }

    void added(int output, JsonNode item, Consumer<StreamEvent> sink) {
        var place = new Place(output, 0);
        switch (Fields.text(item, "type")) {
            case "reasoning" -> parts.announce(place, null, sink);
            case "function_call", "custom_tool_call" -> {
                if (!textOrEmpty(item, "name").isEmpty()) {
                    parts.announce(place, call(item), sink);
                }
            }
            case null, default -> {}
        }
    }

    private static Opening call(JsonNode item) {
        return new Opening.ToolCall(
                textOrEmpty(item, "call_id"),
                textOrEmpty(item, "name"),
                "custom_tool_call".equals(Fields.text(item, "type")));
    }

    /// What has not come in pieces, comes now; what has, is not said again.
    void done(int output, JsonNode item, Consumer<StreamEvent> sink) {
        var place = new Place(output, 0);
        switch (Fields.text(item, "type")) {
            case "message" -> {
                int content = 0;
                for (JsonNode part : item.path("content")) {
                    part(new Place(output, content++), part, sink);
                }
            }
            case "reasoning" -> {
                Part.Thinking thought = ResponsesAnswerReader.thought(item);
                parts.done(
                        place,
                        new Opening.Thinking(thought.summary()),
                        thought.text(),
                        thought.seal(),
                        sink);
            }
            case "function_call" ->
                    parts.done(place, call(item), textOrEmpty(item, "arguments"), null, sink);
            case "custom_tool_call" ->
                    parts.done(place, call(item), textOrEmpty(item, "input"), null, sink);
            case null, default -> {}
        }
    }

    /// A part of a message.
    void part(Place place, JsonNode part, Consumer<StreamEvent> sink) {
        switch (Fields.text(part, "type")) {
            case "output_text" -> {
                var opening = new Opening.Text();
                if (!parts.weighed(place)) {
                    parts.weigh(place, opening, ResponsesLogprobs.read(part));
                }
                if (!parts.any(place)) {
                    parts.piece(place, opening, textOrEmpty(part, "text"), sink);
                }
                if (!parts.cited(place)) {
                    parts.cite(place, ResponsesAnnotations.read(part.path("annotations")), sink);
                }
                parts.done(place, opening, "", null, sink);
            }
            case "refusal" ->
                    parts.done(
                            place, new Opening.Refusal(), textOrEmpty(part, "refusal"), null, sink);
            case null, default -> {}
        }
    }
}
