package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent.Opening;
import org.jspecify.annotations.Nullable;

/// A call of a function or of a custom tool.
final class OpenCall extends OpenItem {

    private final String callId;
    private final ResponsesNames.Declared tool;
    private final boolean custom;
    private final StringBuilder input = new StringBuilder();

    /// @param custom whether the tool takes free text
    OpenCall(
            ResponsesEvents events,
            String id,
            int index,
            String callId,
            ResponsesNames.Declared tool,
            boolean custom) {
        super(events, id, index);
        this.callId = callId;
        this.tool = tool;
        this.custom = custom;
        announce(item("in_progress"));
    }

    String callId() {
        return callId;
    }

    @Override
    boolean takes(Opening opening) {
        return false;
    }

    @Override
    void begin(Opening opening) {}

    @Override
    void piece(String piece) {
        input.append(piece);
        write(event(type() + ".delta").put("delta", piece));
    }

    private String type() {
        return custom ? "response.custom_tool_call_input" : "response.function_call_arguments";
    }

    @Override
    void end(@Nullable Seal seal) {
        if (!custom && input.isEmpty()) {
            piece("{}");
        }
        write(event(type() + ".done").put(custom ? "input" : "arguments", input.toString()));
    }

    @Override
    ObjectNode item(String status) {
        return ResponsesItems.call(id(), status, callId, tool, custom, input.toString());
    }
}
