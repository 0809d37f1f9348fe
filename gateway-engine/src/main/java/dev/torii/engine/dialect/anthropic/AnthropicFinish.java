package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
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
}
