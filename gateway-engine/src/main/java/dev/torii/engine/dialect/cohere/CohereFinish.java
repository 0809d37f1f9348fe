package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;

/// The words of `finish_reason`.
final class CohereFinish {

    private CohereFinish() {}

    /// @param answer the answer, or the `delta` of a stream's `message-end`
    static Finish read(JsonNode answer) {
        return Finish.of(
                switch (Fields.text(answer, "finish_reason")) {
                    case "COMPLETE" -> Finish.Kind.STOP;
                    case "STOP_SEQUENCE" -> Finish.Kind.STOP_SEQUENCE;
                    case "MAX_TOKENS" -> Finish.Kind.LENGTH;
                    case "TOOL_CALL" -> Finish.Kind.TOOL_CALLS;
                    case "ERROR", "TIMEOUT" -> Finish.Kind.ERROR;
                    case "ERROR_TOXIC" -> Finish.Kind.CONTENT_FILTER;
                    case "ERROR_LIMIT" -> Finish.Kind.CONTEXT_FULL;
                    case null, default -> Finish.Kind.UNKNOWN;
                });
    }
}
