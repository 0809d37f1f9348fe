package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;

/// The words of `stop_reason`.
final class AnthropicFinish {

    private AnthropicFinish() {}

    /// @param message the answer, or the `delta` of a stream's `message_delta`
    static Finish read(JsonNode message) {
        return new Finish(
                switch (Fields.text(message, "stop_reason")) {
                    case "end_turn" -> Finish.Kind.STOP;
                    case "stop_sequence" -> Finish.Kind.STOP_SEQUENCE;
                    case "max_tokens" -> Finish.Kind.LENGTH;
                    case "model_context_window_exceeded" -> Finish.Kind.CONTEXT_FULL;
                    case "tool_use" -> Finish.Kind.TOOL_CALLS;
                    case "refusal" -> Finish.Kind.REFUSAL;
                    case "pause_turn" -> Finish.Kind.PAUSE;
                    case null, default -> Finish.Kind.UNKNOWN;
                },
                Fields.text(message, "stop_sequence"));
    }

    static String word(Finish finish) {
        return switch (finish.kind()) {
            case STOP, UNKNOWN, ERROR -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case CONTEXT_FULL -> "model_context_window_exceeded";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case PAUSE -> "pause_turn";
        };
    }

    /// Puts both fields where they stand in a message and in a `delta`.
    static void write(Finish finish, ObjectNode json) {
        json.put("stop_reason", word(finish)).put("stop_sequence", finish.stopSequence());
    }
}
