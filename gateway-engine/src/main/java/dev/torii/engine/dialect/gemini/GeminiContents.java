package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes `systemInstruction` and `contents`. User and model take turns; what functions answered
/// stands first in the turn behind their calls, in the calls' order, and each call has an answer.
final class GeminiContents {

    private static final String NO_RESULT = "[no result recorded]";

    /// All that one of the two says in a row.
    private record Turn(boolean model, List<Part> parts) {}

    private final LlmRequest request;
    private final Losses losses;
    private final GeminiParts writer;
    private final GeminiCalls calls;
    private final boolean wantsSeals;
    private final int leading;

    GeminiContents(LlmRequest request, GeminiModel model, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.calls = new GeminiCalls(model, losses);
        this.writer = new GeminiParts(calls, losses);
        this.wantsSeals = model.thinksByLevel();
        this.leading = leading(request.messages());
    }

    private static boolean isSystem(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private static int leading(List<Message> messages) {
        int leading = 0;
        while (leading < messages.size() && isSystem(messages.get(leading))) {
            leading++;
        }
        // The system's words are the user's where there are no others.
        return leading == messages.size() ? 0 : leading;
    }

    ArrayNode system() throws UnsayableException {
        ArrayNode system = Json.array();
        for (Message message : request.messages().subList(0, leading)) {
            writer.ofUser(message.parts()).forEach(system::add);
        }
        return system;
    }

    ArrayNode contents() throws UnsayableException {
        List<Turn> turns = turns();
        int current = current(turns);
        ArrayNode contents = Json.array();
        List<Part.ToolCall> called = List.of();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            List<ObjectNode> parts =
                    turn.model()
                            ? writer.ofModel(turn.parts(), wantsSeals && i > current)
                            : ofUser(turn, called);
            called = turn.model() ? called(turn) : List.of();
            if (!parts.isEmpty()) {
                ObjectNode content =
                        contents.addObject().put("role", turn.model() ? "model" : "user");
                ArrayNode array = content.putArray("parts");
                parts.forEach(array::add);
            }
        }
        return contents;
    }

    private List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        for (Message message : request.messages().subList(leading, request.messages().size())) {
            if (isSystem(message)) {
                losses.approximated("system");
            }
            message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
            losses.droppedIf(message.name() != null && message.role() != Role.TOOL, "name");
            boolean model = message.role() == Role.ASSISTANT;
            if (turns.isEmpty() || turns.getLast().model() != model) {
                turns.add(new Turn(model, new ArrayList<>()));
            }
            turns.getLast().parts().addAll(message.parts());
        }
        if (!turns.isEmpty() && turns.getLast().model() && !called(turns.getLast()).isEmpty()) {
            turns.add(new Turn(false, new ArrayList<>()));
        }
        return turns;
    }

    private static List<Part.ToolCall> called(Turn turn) {
        List<Part.ToolCall> called = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolCall call) {
                called.add(call);
            }
        }
        return called;
    }

    /// The last turn in which the user says something himself: what comes behind it is one train of
    /// thought.
    private static int current(List<Turn> turns) {
        for (int i = turns.size() - 1; i >= 0; i--) {
            Turn turn = turns.get(i);
            if (!turn.model()
                    && turn.parts().stream().anyMatch(part -> !(part instanceof Part.ToolResult))) {
                return i;
            }
        }
        return -1;
    }

    /// @param called by the turn before; of calls that share an id, as some servers give them, the
    ///   first has the first result
    private List<ObjectNode> ofUser(Turn turn, List<Part.ToolCall> called)
            throws UnsayableException {
        Map<String, Deque<Integer>> waiting = new HashMap<>();
        for (int i = 0; i < called.size(); i++) {
            waiting.computeIfAbsent(called.get(i).id(), _ -> new ArrayDeque<>()).add(i);
        }
        Map<Integer, Part.ToolResult> results = new HashMap<>();
        List<Part> others = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                others.add(part);
                continue;
            }
            Deque<Integer> positions = waiting.get(result.callId());
            Integer call = positions == null ? null : positions.poll();
            if (call == null) {
                losses.approximated("tool result");
                others.add(new Part.Text("Result of a tool: " + GeminiCalls.text(result)));
            } else {
                results.put(call, result);
            }
        }
        List<ObjectNode> written = new ArrayList<>();
        List<ObjectNode> media = new ArrayList<>();
        for (int i = 0; i < called.size(); i++) {
            Part.ToolCall call = called.get(i);
            List<ObjectNode> one = calls.result(resultOf(call, results.get(i)), call.name());
            written.add(one.getFirst());
            media.addAll(one.subList(1, one.size()));
        }
        written.addAll(media);
        written.addAll(writer.ofUser(others));
        return written;
    }

    private Part.ToolResult resultOf(Part.ToolCall call, Part.@Nullable ToolResult result) {
        if (result != null) {
            return result;
        }
        losses.approximated("tool result");
        return new Part.ToolResult(call.id(), null, List.of(new Part.Text(NO_RESULT)), true, null);
    }
}
