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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final Map<String, String> names = new HashMap<>();

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
        Set<String> called = Set.of();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            List<ObjectNode> parts =
                    turn.model()
                            ? writer.ofModel(turn.parts(), wantsSeals && i > current)
                            : ofUser(turn, called);
            called = turn.model() ? ids(turn) : Set.of();
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
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.put(call.id(), call.name());
                }
            }
        }
        if (!turns.isEmpty() && turns.getLast().model() && !ids(turns.getLast()).isEmpty()) {
            turns.add(new Turn(false, new ArrayList<>()));
        }
        return turns;
    }

    private static Set<String> ids(Turn turn) {
        Set<String> ids = new LinkedHashSet<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolCall call) {
                ids.add(call.id());
            }
        }
        return ids;
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

    private List<ObjectNode> ofUser(Turn turn, Set<String> called) throws UnsayableException {
        Map<String, Part.ToolResult> results = new HashMap<>();
        List<Part> others = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                others.add(part);
            } else if (!called.contains(result.callId())
                    || results.putIfAbsent(result.callId(), result) != null) {
                losses.approximated("tool result");
                others.add(new Part.Text("Result of a tool: " + GeminiCalls.text(result)));
            }
        }
        List<ObjectNode> written = new ArrayList<>();
        List<ObjectNode> media = new ArrayList<>();
        for (String id : called) {
            List<ObjectNode> one = calls.result(resultOf(id, results), names.getOrDefault(id, id));
            written.add(one.getFirst());
            media.addAll(one.subList(1, one.size()));
        }
        written.addAll(media);
        written.addAll(writer.ofUser(others));
        return written;
    }

    private Part.ToolResult resultOf(String id, Map<String, Part.ToolResult> results) {
        Part.ToolResult result = results.get(id);
        if (result != null) {
            return result;
        }
        losses.approximated("tool result");
        return new Part.ToolResult(id, null, List.of(new Part.Text(NO_RESULT)), true, null);
    }
}
