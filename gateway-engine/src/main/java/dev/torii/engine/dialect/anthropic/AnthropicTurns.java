package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClaudeModel;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes `system` and `messages`. Users and the model take turns; the results of all tools of a
/// turn stand first in the one that follows it, and each call has one.
final class AnthropicTurns {

    private static final String NO_RESULT = "[no result recorded]";

    private enum Speaker {
        USER,
        ASSISTANT,
        SYSTEM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Blocks of one speaker.
    ///
    /// @param fields of the message that only Anthropic knows
    private record Turn(Speaker speaker, List<ObjectNode> blocks, ObjectNode fields) {

        Turn(Speaker speaker) {
            this(speaker, new ArrayList<>(), Json.object());
        }

        boolean assistant() {
            return speaker == Speaker.ASSISTANT;
        }

        Set<String> ids(String type, String field) {
            Set<String> ids = new HashSet<>();
            for (ObjectNode block : blocks) {
                if (block.path("type").asText().equals(type)) {
                    ids.add(block.path(field).asText());
                }
            }
            return ids;
        }
    }

    private final LlmRequest request;
    private final Losses losses;
    private final AnthropicBlocks blocks;
    private final boolean own;
    private final boolean systemTurns;
    private final int leading;

    AnthropicTurns(LlmRequest request, AnthropicHost host, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.blocks = new AnthropicBlocks(losses, host);
        this.own = AnthropicExtras.isOwn(request.extra());
        this.systemTurns =
                host == AnthropicHost.ANTHROPIC
                        && ClaudeModel.of(request.model()).takesSystemTurns();
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
        return leading;
    }

    /// Empty when the system's words are all that there is, for then they are the user's.
    ArrayNode system() throws UnsayableException {
        ArrayNode system = Json.array();
        if (leading < request.messages().size()) {
            for (Message message : request.messages().subList(0, leading)) {
                blocks.of(message).forEach(system::add);
                dropExtra(message);
            }
        }
        return system;
    }

    ArrayNode messages() throws UnsayableException {
        boolean onlySystem = leading == request.messages().size();
        if (onlySystem) {
            losses.approximated("system");
        }
        List<Turn> turns = new ArrayList<>();
        for (Message message :
                request.messages().subList(onlySystem ? 0 : leading, request.messages().size())) {
            List<ObjectNode> said =
                    message.role() == Role.ASSISTANT
                            ? blocks.ofAssistant(message, own)
                            : blocks.of(message);
            dropExtra(message);
            if (!said.isEmpty()) {
                Turn turn = turn(speaker(message, turns, onlySystem), turns);
                turn.blocks().addAll(said);
                AnthropicExtras.restoreFields(message.extra(), turn.fields());
            }
        }
        pairResults(turns);
        trimLast(turns);
        return json(turns);
    }

    /// Only newer models take the system's words between others, and only behind a user's.
    private Speaker speaker(Message message, List<Turn> turns, boolean onlySystem) {
        if (message.role() == Role.ASSISTANT) {
            return Speaker.ASSISTANT;
        }
        if (!isSystem(message) || onlySystem) {
            return Speaker.USER;
        }
        if (systemTurns && !turns.isEmpty() && turns.getLast().speaker() == Speaker.USER) {
            return Speaker.SYSTEM;
        }
        losses.approximated("system");
        return Speaker.USER;
    }

    private void dropExtra(Message message) {
        if (!AnthropicExtras.isOwn(message.extra())) {
            message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        }
        losses.droppedIf(message.name() != null && message.role() != Role.TOOL, "name");
    }

    private static Turn turn(Speaker speaker, List<Turn> turns) {
        if (turns.isEmpty() || turns.getLast().speaker() != speaker) {
            turns.add(new Turn(speaker));
        }
        return turns.getLast();
    }

    private void pairResults(List<Turn> turns) {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (turn.assistant()) {
                Set<String> missing = turn.ids("tool_use", "id");
                boolean last = i + 1 == turns.size();
                if (!last) {
                    missing.removeAll(turns.get(i + 1).ids("tool_result", "tool_use_id"));
                }
                if (!missing.isEmpty()) {
                    if (last) {
                        turns.add(new Turn(Speaker.USER));
                    }
                    answer(turn, missing, turns.get(i + 1));
                }
            } else {
                Set<String> called = i == 0 ? Set.of() : turns.get(i - 1).ids("tool_use", "id");
                tellStray(turn.blocks(), called);
                turn.blocks().sort((one, other) -> Boolean.compare(isText(one), isText(other)));
            }
        }
    }

    private static boolean isText(ObjectNode block) {
        return !block.path("type").asText().equals("tool_result");
    }

    private void answer(Turn calls, Set<String> missing, Turn results) {
        for (ObjectNode block : calls.blocks()) {
            String id = block.path("id").asText();
            if (missing.contains(id)) {
                losses.approximated("tool result");
                results.blocks()
                        .add(
                                Json.object()
                                        .put("type", "tool_result")
                                        .put("tool_use_id", id)
                                        .put("content", NO_RESULT)
                                        .put("is_error", true));
            }
        }
    }

    /// Results of calls that are not there become the user's words and pictures.
    private void tellStray(List<ObjectNode> blocks, Set<String> calls) {
        List<ObjectNode> told = new ArrayList<>();
        for (ObjectNode block : blocks) {
            if (isText(block) || calls.contains(block.path("tool_use_id").asText())) {
                told.add(block);
            } else {
                losses.approximated("tool result");
                told.addAll(AnthropicBlocks.ofStrayResult(block));
            }
        }
        blocks.clear();
        blocks.addAll(told);
    }

    /// Words that the model is to go on from may not end in blanks.
    private static void trimLast(List<Turn> turns) {
        if (turns.isEmpty() || !turns.getLast().assistant()) {
            return;
        }
        ObjectNode last = turns.getLast().blocks().getLast();
        if (last.path("type").asText().equals("text")) {
            last.put("text", last.path("text").asText().stripTrailing());
        }
    }

    private static ArrayNode json(List<Turn> turns) {
        ArrayNode messages = Json.array();
        for (Turn turn : turns) {
            ObjectNode message = messages.addObject().put("role", turn.speaker().word());
            ArrayNode content = message.putArray("content");
            turn.blocks().forEach(content::add);
            message.setAll(turn.fields());
        }
        return messages;
    }
}
