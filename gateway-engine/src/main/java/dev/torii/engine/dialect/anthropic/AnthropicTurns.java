package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes `system` and `messages`. Users and the model take turns; the results of all tools of a
/// turn stand first in the one that follows it, and each call has one.
final class AnthropicTurns {

    private static final String NO_RESULT = "[no result recorded]";

    /// Blocks of one speaker.
    private record Turn(boolean assistant, List<ObjectNode> blocks) {

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
    private final int leading;

    AnthropicTurns(LlmRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.blocks = new AnthropicBlocks(losses);
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
                blocks.of(message.parts()).forEach(system::add);
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
            if (isSystem(message) && !onlySystem) {
                losses.approximated("system");
            }
            List<ObjectNode> own =
                    message.role() == Role.ASSISTANT
                            ? blocks.ofAssistant(message.parts())
                            : blocks.of(message.parts());
            dropExtra(message);
            if (!own.isEmpty()) {
                turn(message.role() == Role.ASSISTANT, turns).blocks().addAll(own);
            }
        }
        pairResults(turns);
        trimLast(turns);
        return json(turns);
    }

    private void dropExtra(Message message) {
        message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        losses.droppedIf(message.name() != null && message.role() != Role.TOOL, "name");
    }

    private static Turn turn(boolean assistant, List<Turn> turns) {
        if (turns.isEmpty() || turns.getLast().assistant() != assistant) {
            turns.add(new Turn(assistant, new ArrayList<>()));
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
                        turns.add(new Turn(false, new ArrayList<>()));
                    }
                    answer(turn, missing, turns.get(i + 1));
                }
            } else {
                Set<String> called = i == 0 ? Set.of() : turns.get(i - 1).ids("tool_use", "id");
                turn.blocks().replaceAll(block -> called(block, called));
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

    /// A result of a call that is not there, as the user's words.
    private ObjectNode called(ObjectNode block, Set<String> calls) {
        if (isText(block) || calls.contains(block.path("tool_use_id").asText())) {
            return block;
        }
        losses.approximated("tool result");
        return Json.object()
                .put("type", "text")
                .put("text", "Result of a tool: " + AnthropicBlocks.textOfResult(block));
    }

    /// Words that the model is to go on from may not end in blanks.
    private static void trimLast(List<Turn> turns) {
        if (turns.isEmpty() || !turns.getLast().assistant()) {
            return;
        }
        ObjectNode last = turns.getLast().blocks().getLast();
        if (last.path("type").asText().equals("text")) {
            String trimmed = last.path("text").asText().stripTrailing();
            if (trimmed.isEmpty()) {
                turns.getLast().blocks().removeLast();
            } else {
                last.put("text", trimmed);
            }
        }
    }

    private static ArrayNode json(List<Turn> turns) {
        ArrayNode messages = Json.array();
        for (Turn turn : turns) {
            if (!turn.blocks().isEmpty()) {
                ObjectNode message =
                        messages.addObject().put("role", turn.assistant() ? "assistant" : "user");
                ArrayNode content = message.putArray("content");
                turn.blocks().forEach(content::add);
            }
        }
        return messages;
    }
}
