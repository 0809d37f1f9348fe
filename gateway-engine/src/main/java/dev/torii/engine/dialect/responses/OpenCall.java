package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.CustomInput;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent.Opening;
import org.jspecify.annotations.Nullable;

/// A call of a function or of a custom tool.
final class OpenCall extends OpenItem {

    private final String callId;
    private final ResponsesNames.Declared tool;
    private final @Nullable CustomInput wrapped;
    private final StringBuilder input = new StringBuilder();

    /// @param custom whether the pieces are free text already
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
        this.wrapped = tool.custom() && !custom ? new CustomInput() : null;
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
        delta(wrapped == null ? piece : wrapped.take(piece));
    }

    private void delta(String text) {
        if (!text.isEmpty()) {
            input.append(text);
            write(event(type() + ".delta").put("delta", text));
        }
    }

    private String type() {
        return tool.custom()
                ? "response.custom_tool_call_input"
                : "response.function_call_arguments";
    }

    @Override
    void end(@Nullable Seal seal) {
        if (wrapped != null) {
            delta(wrapped.end());
        }
        if (!tool.custom() && input.isEmpty()) {
            delta("{}");
        }
        write(event(type() + ".done").put(tool.custom() ? "input" : "arguments", input.toString()));
    }

    @Override
    ObjectNode item(String status) {
        return ResponsesItems.call(id(), status, callId, tool, input.toString());
    }
}
