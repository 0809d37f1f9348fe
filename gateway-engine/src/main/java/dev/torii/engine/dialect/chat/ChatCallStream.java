package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts the pieces of tool calls in a row, one call after the other. Pieces of calls may alternate,
/// and a call may be named after its first piece: what cannot be said yet waits.
final class ChatCallStream {

    /// What goes on with the calls.
    ///
    /// @param opening null where a call goes on
    record Piece(@Nullable Opening opening, String arguments) {}

    private static final class Call {
        private String id = "";
        private String name = "";
        private boolean custom;
        private boolean opened;
        private boolean any;
        private final StringBuilder waiting = new StringBuilder();
        private final JsonEnd json = new JsonEnd();
    }

    /// Those that are not said whole, in their order; the first may have been opened.
    private final List<Call> row = new ArrayList<>();

    private final Map<Integer, Call> byIndex = new HashMap<>();
    private @Nullable Call last;

    void take(JsonNode delta) {
        boolean custom = "custom".equals(Fields.text(delta, "type")) || delta.has("custom");
        JsonNode what = delta.path(custom ? "custom" : "function");
        String id = Fields.textOrEmpty(delta, "id");
        String name = Fields.textOrEmpty(what, "name");
        String arguments = ChatCalls.arguments(what.path(custom ? "input" : "arguments"));
        Call call = find(delta.path("index"), id, name, arguments);
        call.id = call.id.isEmpty() ? id : call.id;
        call.name = call.name.isEmpty() ? name : call.name;
        call.custom |= custom;
        call.waiting.append(arguments);
        call.json.take(arguments);
        last = call;
    }

    private Call find(JsonNode index, String id, String name, String arguments) {
        Call known = index.isInt() ? byIndex.get(index.intValue()) : byId(id);
        if (known == null || isNext(known, id, name, arguments)) {
            known = new Call();
            row.add(known);
            if (index.isInt()) {
                byIndex.put(index.intValue(), known);
            }
        }
        return known;
    }

    private @Nullable Call byId(String id) {
        if (id.isEmpty()) {
            return last;
        }
        return row.stream().filter(call -> call.id.equals(id)).findFirst().orElse(null);
    }

    /// Some servers number all calls with 0: then another id tells them apart, or, where there are
    /// no ids, that one was whole and another is named.
    private static boolean isNext(Call known, String id, String name, String arguments) {
        if (!id.isEmpty() && !known.id.isEmpty()) {
            return !id.equals(known.id);
        }
        return id.isEmpty()
                && known.id.isEmpty()
                && !name.isEmpty()
                && !arguments.isEmpty()
                && known.json.reached();
    }

    /// Says what can be said: the first call as it comes, and the next once that one is whole.
    void flush(Consumer<Piece> sink) {
        while (!row.isEmpty() && !row.getFirst().name.isEmpty()) {
            Call first = row.getFirst();
            say(first, sink);
            if (row.size() == 1 || first.custom || !first.json.reached()) {
                return;
            }
            row.removeFirst();
        }
    }

    private static void say(Call call, Consumer<Piece> sink) {
        Opening opening = null;
        if (!call.opened) {
            call.opened = true;
            String id = call.id.isEmpty() ? ChatIds.ofCall() : call.id;
            opening = new Opening.ToolCall(id, call.name, call.custom);
        }
        call.any |= !call.waiting.isEmpty();
        if (opening != null || !call.waiting.isEmpty()) {
            sink.accept(new Piece(opening, call.waiting.toString()));
            call.waiting.setLength(0);
        }
    }

    /// No more of the calls so far will come.
    void end(Consumer<Piece> sink) {
        for (Call call : row) {
            if (call.name.isEmpty() && call.waiting.isEmpty()) {
                continue;
            }
            say(call, sink);
            if (!call.any && !call.custom) {
                sink.accept(new Piece(null, "{}"));
            }
        }
        row.clear();
        byIndex.clear();
        last = null;
    }
}
