package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the items of `input`. What the model thought, said and called in one go is one message;
/// the results of its calls follow it at once, wherever they stand.
final class ResponsesInput {

    private static final Set<String> KNOWN = Set.of("type", "id", "status", "role", "content");

    /// One message, and the results of the tools that it calls.
    private static final class Turn {
        private final Role role;
        private final List<Part> parts = new ArrayList<>();
        private final List<Message> results = new ArrayList<>();
        private Extra extra = Extra.NONE;
        private boolean said;

        Turn(Role role) {
            this.role = role;
        }

        boolean calls() {
            return parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        }
    }

    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, Turn> callers = new HashMap<>();
    private final Map<String, String> calledNames = new HashMap<>();
    private final Map<String, Seal> callSeals = new HashMap<>();

    ResponsesInput(JsonNode items) throws UnsayableException {
        int index = 0;
        for (JsonNode item : items) {
            String where = "input[" + index++ + "]";
            if (!(item instanceof ObjectNode object)) {
                throw new UnsayableException(where + ": expected an object");
            }
            read(object, where);
        }
    }

    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (Turn turn : turns) {
            if (!turn.parts.isEmpty()) {
                turn.parts.replaceAll(this::sealed);
                messages.add(new Message(turn.role, turn.parts, null, turn.extra));
                messages.addAll(turn.results);
            }
        }
        return messages;
    }

    private void read(ObjectNode item, String where) throws UnsayableException {
        switch (Fields.text(item, "type")) {
            case null -> message(item, where);
            case "message" -> message(item, where);
            case "reasoning" -> reasoning(item);
            case "function_call" -> call(item, "arguments", false);
            case "custom_tool_call" -> call(item, "input", true);
            case "function_call_output", "custom_tool_call_output" -> result(item, where);
            case "additional_tools" -> {} // read with the tools
            case "item_reference", "compaction", "context_compaction", "compaction_trigger" ->
                    throw new UnsayableException(
                            "%s: only OpenAI has what this %s stands for; send the items themselves"
                                    .formatted(where, Fields.text(item, "type")));
            default -> assistant(false).parts.add(new Part.Opaque(ResponsesDialect.NAME, item));
        }
    }

    private void message(ObjectNode item, String where) throws UnsayableException {
        Role role =
                switch (Fields.text(item, "role")) {
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case "system" -> Role.SYSTEM;
                    case "developer" -> Role.DEVELOPER;
                    case null, default ->
                            throw new UnsayableException(
                                    where
                                            + ".role: expected one of user, assistant, system,"
                                            + " developer");
                };
        List<Part> parts = ResponsesParts.read(item.path("content"), where + ".content");
        Turn turn = role == Role.ASSISTANT ? assistant(true) : begin(role);
        turn.parts.addAll(parts);
        turn.said = true;
        Extra extra = Fields.others(item, KNOWN, ResponsesDialect.NAME);
        if (turn.extra.isEmpty()) {
            turn.extra = extra;
        }
    }

    private Turn begin(Role role) {
        var turn = new Turn(role);
        turns.add(turn);
        return turn;
    }

    /// The model's turn that goes on. It ends where its tools have answered, and where it has
    /// spoken and speaks again.
    private Turn assistant(boolean speaks) {
        if (turns.isEmpty()) {
            return begin(Role.ASSISTANT);
        }
        Turn last = turns.getLast();
        boolean over =
                last.role != Role.ASSISTANT
                        || !last.results.isEmpty()
                        || (speaks && last.said && !last.calls());
        return over ? begin(Role.ASSISTANT) : last;
    }

    private void reasoning(ObjectNode item) {
        Part.Thinking thought = ResponsesAnswerReader.thought(item);
        Seal seal = thought.seal();
        if (seal != null && SealWrap.isWrapped(seal.value())) {
            SealWrap.Wrapped wrapped = SealWrap.unwrap(seal.value());
            if (wrapped != null && wrapped.callId() != null) {
                callSeals.put(wrapped.callId(), wrapped.seal());
                return;
            }
            seal = wrapped == null ? null : wrapped.seal();
        }
        if (seal != null || !thought.text().isEmpty()) {
            assistant(false).parts.add(new Part.Thinking(thought.text(), thought.summary(), seal));
        }
    }

    private void call(ObjectNode item, String field, boolean custom) {
        String id = Fields.textOrEmpty(item, "call_id");
        String name = ResponsesNames.flat(item);
        Turn turn = assistant(false);
        turn.parts.add(new Part.ToolCall(id, name, Fields.textOrEmpty(item, field), custom, null));
        callers.put(id, turn);
        calledNames.put(id, name);
    }

    /// The seal of a call came back beside it.
    private Part sealed(Part part) {
        if (part instanceof Part.ToolCall(var id, var name, var arguments, var custom, var _)) {
            @Nullable Seal seal = callSeals.get(id);
            return seal == null ? part : new Part.ToolCall(id, name, arguments, custom, seal);
        }
        return part;
    }

    private void result(ObjectNode item, String where) throws UnsayableException {
        String id = Fields.textOrEmpty(item, "call_id");
        List<Part> parts =
                item.hasNonNull("output")
                        ? ResponsesParts.read(item.path("output"), where + ".output")
                        : List.of();
        var result = new Part.ToolResult(id, calledNames.get(id), parts, false, null);
        Turn caller = callers.get(id);
        if (caller == null) {
            begin(Role.TOOL).parts.add(result);
        } else {
            caller.results.add(new Message(Role.TOOL, List.of(result)));
        }
    }
}
