package dev.torii.engine.dialect;

import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// A conversation as dialects want it in which each result of a tool is a message of its own: right
/// behind the turn that called, one for each call. Pictures in results follow in a message of the
/// user's, since such results are texts.
public final class ToolTurns {

    private static final String NO_RESULT = "[no result recorded]";

    private final List<Message> turns = new ArrayList<>();
    private final Losses losses;

    private ToolTurns(Losses losses) {
        this.losses = losses;
    }

    /// The same conversation; in a message of a tool there is just its result.
    public static List<Message> of(List<Message> messages, Losses losses) {
        var turns = new ToolTurns(losses);
        int from = 0;
        while (from < messages.size()) {
            Message first = messages.get(from);
            List<Part.ToolCall> calls = List.of();
            if (first.role() == Role.ASSISTANT) {
                turns.countUnsaid(first);
                if (!first.parts().isEmpty()) {
                    turns.turns.add(with(first, first.parts()));
                }
                calls = calls(first);
                from++;
            }
            int to = from;
            while (to < messages.size() && messages.get(to).role() != Role.ASSISTANT) {
                to++;
            }
            turns.addAnswers(calls, messages.subList(from, to));
            from = to;
        }
        return turns.turns;
    }

    private static List<Part.ToolCall> calls(Message message) {
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall call) {
                calls.add(call);
            }
        }
        return calls;
    }

    /// What comes between two turns of the model: results first, then everything else in its order.
    private void addAnswers(List<Part.ToolCall> calls, List<Message> messages) {
        Map<String, Queue<Part.ToolCall>> open = new LinkedHashMap<>();
        calls.forEach(call -> open.computeIfAbsent(call.id(), _ -> new ArrayDeque<>()).add(call));
        List<Part> pictures = new ArrayList<>();
        List<Message> others = new ArrayList<>();
        for (Message message : messages) {
            countUnsaid(message);
            List<Part> rest = new ArrayList<>();
            for (Part part : message.parts()) {
                if (!(part instanceof Part.ToolResult result)) {
                    rest.add(part);
                    continue;
                }
                Queue<Part.ToolCall> alike = open.get(result.callId());
                Part.ToolCall call = alike == null ? null : alike.poll();
                if (call == null) {
                    losses.approximated("tool result");
                    rest.add(new Part.Text("Result of a tool:"));
                    rest.addAll(result.parts());
                } else {
                    addResult(result, call, pictures);
                }
            }
            if (!rest.isEmpty()) {
                others.add(with(message, rest));
            }
        }
        for (Part.ToolCall call : open.values().stream().flatMap(Queue::stream).toList()) {
            losses.approximated("tool result");
            Part none = new Part.Text(NO_RESULT);
            addResult(
                    new Part.ToolResult(call.id(), null, List.of(none), false, null),
                    call,
                    pictures);
        }
        if (!pictures.isEmpty()) {
            turns.add(new Message(Role.USER, pictures));
        }
        turns.addAll(others);
    }

    private void addResult(Part.ToolResult result, Part.ToolCall call, List<Part> pictures) {
        List<Part> texts = new ArrayList<>();
        for (Part part : result.parts()) {
            if (part instanceof Part.Image) {
                losses.approximated("tool result image");
                pictures.add(part);
            } else {
                texts.add(part);
            }
        }
        losses.droppedIf(result.error(), "is_error");
        turns.add(
                new Message(
                        Role.TOOL,
                        List.of(
                                new Part.ToolResult(
                                        result.callId(),
                                        call.name(),
                                        texts,
                                        result.error(),
                                        result.cache()))));
    }

    private void countUnsaid(Message message) {
        losses.droppedIf(message.name() != null && message.role() != Role.TOOL, "name");
        message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
    }

    /// What a tool says besides its result is the user's.
    private static Message with(Message message, List<Part> parts) {
        Role role =
                switch (message.role()) {
                    case TOOL -> Role.USER;
                    case DEVELOPER -> Role.SYSTEM;
                    default -> message.role();
                };
        return new Message(role, parts);
    }
}
