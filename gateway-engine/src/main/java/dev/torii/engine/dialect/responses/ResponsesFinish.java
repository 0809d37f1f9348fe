package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.Finish.Kind;
import org.jspecify.annotations.Nullable;

/// How an answer ended: `status`, and `incomplete_details.reason`.
final class ResponsesFinish {

    private ResponsesFinish() {}

    /// @param called whether tools are called in it
    /// @param refused whether the model refuses in it
    static Finish read(JsonNode response, boolean called, boolean refused) {
        return switch (Fields.text(response, "status")) {
            case "incomplete" -> Finish.of(reason(response.path("incomplete_details")));
            case "failed", "cancelled" -> Finish.of(Kind.ERROR);
            case null, default -> {
                Finish finish = Finish.of(refused ? Kind.REFUSAL : Kind.STOP);
                yield called ? finish.withToolCalls() : finish;
            }
        };
    }

    private static Kind reason(JsonNode details) {
        return switch (Fields.text(details, "reason")) {
            case "max_output_tokens" -> Kind.LENGTH;
            case "content_filter" -> Kind.CONTENT_FILTER;
            case null, default -> Kind.UNKNOWN;
        };
    }

    /// Why the answer is incomplete; null where it is not.
    ///
    /// @param refused whether the answer has the words of the refusal
    static @Nullable String incomplete(Finish finish, boolean refused) {
        return switch (finish.kind()) {
            case LENGTH, CONTEXT_FULL -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case REFUSAL -> refused ? null : "content_filter";
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE, ERROR, UNKNOWN -> null;
        };
    }

    static String status(Finish finish, boolean refused) {
        if (finish.kind() == Kind.ERROR) {
            return "failed";
        }
        return incomplete(finish, refused) == null ? "completed" : "incomplete";
    }
}
