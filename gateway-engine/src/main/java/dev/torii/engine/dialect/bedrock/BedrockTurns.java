package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.bedrock.BedrockBlocks.Block;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Writes `system` and `messages`. Users and the model take turns; the results of all tools of a
/// turn stand first in the one that follows it, and each call has one.
final class BedrockTurns {

    private static final String NO_RESULT = "[no result recorded]";

    /// Blocks of one speaker.
    private record Turn(boolean assistant, List<Block> blocks) {

        Set<String> calls() {
            return ids(Block::isCall);
        }

        Set<String> results() {
            return ids(block -> block.is("toolResult"));
        }

        private Set<String> ids(Predicate<Block> wanted) {
            Set<String> ids = new LinkedHashSet<>();
            for (Block block : blocks) {
                if (wanted.test(block)) {
                    ids.add(block.callId());
                }
            }
            return ids;
        }
    }

    private final List<Block> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Losses losses;

    BedrockTurns(LlmRequest request, Losses losses) throws UnsayableException {
        this.losses = losses;
        var blocks = new BedrockBlocks(losses);
        // Where the system's words are all that there is, they are the user's.
        boolean onlySystem = request.messages().stream().allMatch(BedrockTurns::isSystem);
        boolean leading = !onlySystem;
        if (onlySystem) {
            losses.approximated("system");
        }
        for (Message message : request.messages()) {
            leading &= isSystem(message);
            List<Block> own = blocks.of(message.parts());
            dropExtra(message);
            if (leading) {
                lead(request, own);
            } else if (!own.isEmpty()) {
                if (isSystem(message) && !onlySystem) {
                    losses.approximated("system");
                }
                turn(message.role() == Role.ASSISTANT).blocks().addAll(own);
            }
        }
        pairResults();
        for (Turn turn : turns) {
            if (turn.assistant()) {
                // Thoughts come first.
                turn.blocks()
                        .sort((one, other) ->
                                Boolean.compare(
                                        !one.is("reasoningContent"),
                                        !other.is("reasoningContent")));
            }
        }
    }

    private static boolean isSystem(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private void lead(LlmRequest request, List<Block> own) throws UnsayableException {
        if (!own.isEmpty() && !ModelFamily.takesSystem(request.model())) {
            throw new UnsayableException(
                    "system prompts are unsupported for model '" + request.model() + "'");
        }
        for (Block block : own) {
            if (!block.is("text") && !block.is("guardContent")) {
                throw new UnsayableException(
                        "messages: Bedrock takes nothing but text in a system message");
            }
        }
        system.addAll(own);
    }

    private void dropExtra(Message message) {
        message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        losses.droppedIf(message.name() != null && message.role() != Role.TOOL, "name");
    }

    private Turn turn(boolean assistant) {
        if (turns.isEmpty() || turns.getLast().assistant() != assistant) {
            turns.add(new Turn(assistant, new ArrayList<>()));
        }
        return turns.getLast();
    }

    private void pairResults() {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (turn.assistant()) {
                Set<String> missing = turn.calls();
                if (i + 1 < turns.size()) {
                    missing.removeAll(turns.get(i + 1).results());
                }
                if (!missing.isEmpty()) {
                    if (i + 1 == turns.size()) {
                        turns.add(new Turn(false, new ArrayList<>()));
                    }
                    List<Block> next = turns.get(i + 1).blocks();
                    missing.forEach(id -> next.add(noResult(id)));
                }
            } else {
                Set<String> called = i == 0 ? Set.of() : turns.get(i - 1).calls();
                tellStray(turn.blocks(), called);
                turn.blocks()
                        .sort((one, other) ->
                                Boolean.compare(!one.is("toolResult"), !other.is("toolResult")));
            }
        }
    }

    private Block noResult(String id) {
        losses.approximated("tool result");
        ObjectNode json = Json.object();
        ObjectNode result = json.putObject("toolResult").put("toolUseId", id);
        result.putArray("content").addObject().put("text", NO_RESULT);
        result.put("status", "error");
        return new Block(json, null);
    }

    /// Results of calls that are not there become the user's words and pictures.
    private void tellStray(List<Block> blocks, Set<String> calls) {
        List<Block> told = new ArrayList<>();
        for (Block block : blocks) {
            if (!block.is("toolResult") || calls.contains(block.callId())) {
                told.add(block);
            } else {
                losses.approximated("tool result");
                told.addAll(stray(block));
            }
        }
        blocks.clear();
        blocks.addAll(told);
    }

    private static List<Block> stray(Block result) {
        StringBuilder text = new StringBuilder("Result of a tool: ");
        List<ObjectNode> others = new ArrayList<>();
        for (JsonNode part : result.json().at("/toolResult/content")) {
            if (part.has("json")) {
                text.append(Json.text(part.get("json")));
            } else if (part.has("text")) {
                text.append(part.path("text").asText());
            } else {
                others.add((ObjectNode) part);
            }
        }
        others.addFirst(Json.object().put("text", text.toString()));
        List<Block> told = new ArrayList<>();
        others.forEach(json -> told.add(new Block(json, null)));
        told.set(told.size() - 1, new Block(others.getLast(), result.cache()));
        return told;
    }

    /// Names of the tools that the history calls, in its order.
    Set<String> calledTools() {
        Set<String> names = new LinkedHashSet<>();
        for (Turn turn : turns) {
            for (Block block : turn.blocks()) {
                if (block.isCall()) {
                    names.add(block.json().at("/toolUse/name").asText());
                }
            }
        }
        return names;
    }

    ArrayNode system(BedrockCache cache) {
        return content(system, cache);
    }

    ArrayNode messages(BedrockCache cache) {
        ArrayNode messages = Json.array();
        for (Turn turn : turns) {
            messages.addObject()
                    .put("role", turn.assistant() ? "assistant" : "user")
                    .set("content", content(turn.blocks(), cache));
        }
        return messages;
    }

    private static ArrayNode content(List<Block> blocks, BedrockCache cache) {
        ArrayNode content = Json.array();
        for (Block block : blocks) {
            content.add(block.json());
            cache.mark(content, block.cache(), false);
        }
        return content;
    }
}
