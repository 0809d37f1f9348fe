package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;

/// The words of `stopReason`.
final class BedrockFinish {

    private BedrockFinish() {}

    /// @param answer the answer, or a stream's `messageStop`
    static Finish read(JsonNode answer) {
        return Finish.of(
                switch (Fields.text(answer, "stopReason")) {
                    case "end_turn" -> Finish.Kind.STOP;
                    case "stop_sequence" -> Finish.Kind.STOP_SEQUENCE;
                    case "max_tokens" -> Finish.Kind.LENGTH;
                    case "model_context_window_exceeded" -> Finish.Kind.CONTEXT_FULL;
                    case "tool_use" -> Finish.Kind.TOOL_CALLS;
                    case "guardrail_intervened", "content_filtered" -> Finish.Kind.CONTENT_FILTER;
                    case "malformed_model_output", "malformed_tool_use" -> Finish.Kind.ERROR;
                    case null, default -> Finish.Kind.UNKNOWN;
                });
    }
}
