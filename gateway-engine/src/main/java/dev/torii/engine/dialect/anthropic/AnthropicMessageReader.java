package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads `system` and `messages`. Results of tools, which are a user's blocks here, become messages
/// of their own.
final class AnthropicMessageReader {

    /// What Claude Code's first block of `system` begins with. It counts requests, changes with
    /// each, and means nothing to any other provider.
    private static final String ATTRIBUTION = "x-anthropic-billing-header:";

    private final List<Message> messages = new ArrayList<>();

    private AnthropicMessageReader() {}

    /// A message as far as it is read.
    private static final class Run {
        private final Role role;
        private final List<Part> parts = new ArrayList<>();
        private final AnthropicExtras extras = new AnthropicExtras();
        private final Map<String, Seal> seals = new HashMap<>();

        Run(Role role) {
            this.role = role;
        }

        void add(JsonNode block, String where) throws UnsayableException {
            SealWrap.Wrapped ofCall = AnthropicSeals.ofCall(block);
            if (ofCall != null && ofCall.callId() != null) {
                seals.put(ofCall.callId(), ofCall.seal());
                return;
            }
            Part part =
                    new AnthropicPartReader(extras)
                            .read(block, where, Integer.toString(parts.size()));
            if (part != null) {
                parts.add(part);
            }
        }

        Message message() {
            parts.replaceAll(this::sealed);
            return new Message(role, parts, null, extras.extra());
        }

        private Part sealed(Part part) {
            return part instanceof Part.ToolCall(var id, var name, var arguments, var custom, _)
                            && seals.containsKey(id)
                    ? new Part.ToolCall(id, name, arguments, custom, seals.get(id))
                    : part;
        }
    }

    static List<Message> read(ObjectNode body) throws UnsayableException {
        var reader = new AnthropicMessageReader();
        reader.system(body.path("system"));
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new UnsayableException("messages: expected an array of at least one message");
        }
        for (int i = 0; i < messages.size(); i++) {
            reader.message(messages.get(i), "messages[" + i + "]");
        }
        return reader.messages;
    }

    private void system(JsonNode system) throws UnsayableException {
        if (system.isMissingNode() || system.isNull() || (system.isArray() && system.isEmpty())) {
            return;
        }
        var extras = new AnthropicExtras();
        List<Part> parts =
                new AnthropicPartReader(extras)
                        .content(system, "system", "").stream()
                                .map(AnthropicMessageReader::attribution)
                                .toList();
        messages.add(new Message(Role.SYSTEM, parts, null, extras.extra()));
    }

    private static Part attribution(Part part) {
        return part instanceof Part.Text(var text, var cache, _)
                        && cache == null
                        && isAttribution(text)
                ? new Part.Opaque(AnthropicDialect.NAME, AnthropicBlocks.plain(text))
                : part;
    }

    static boolean isAttribution(String text) {
        return text.startsWith(ATTRIBUTION);
    }

    private void message(JsonNode node, String where) throws UnsayableException {
        if (!(node instanceof ObjectNode message)) {
            throw new UnsayableException(where + ": expected an object");
        }
        Role role = role(message, where);
        JsonNode content = message.path("content");
        List<Run> runs = new ArrayList<>();
        runs.add(new Run(role));
        if (content.isTextual()) {
            runs.getFirst().parts.add(new Part.Text(content.textValue()));
        } else if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                runFor(content.get(i), role, runs)
                        .add(content.get(i), where + ".content[" + i + "]");
            }
        } else {
            throw new UnsayableException(
                    where + ".content: expected a string or an array of blocks");
        }
        for (var field : message.properties()) {
            if (!field.getKey().equals("role") && !field.getKey().equals("content")) {
                runs.getFirst().extras.keepField(field.getKey(), field.getValue());
            }
        }
        runs.forEach(run -> messages.add(run.message()));
    }

    private static Role role(ObjectNode message, String where) throws UnsayableException {
        return switch (Fields.text(message, "role")) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            case null, default ->
                    throw new UnsayableException(
                            where + ".role: expected one of user, assistant, system");
        };
    }

    /// Each result stands alone; what a user says stands together.
    private static Run runFor(JsonNode block, Role role, List<Run> runs) {
        boolean result = role == Role.USER && textOrEmpty(block, "type").equals("tool_result");
        Run last = runs.getLast();
        boolean fresh = last.parts.isEmpty();
        if (result || last.role == Role.TOOL) {
            if (fresh) {
                runs.removeLast();
            }
            runs.add(new Run(result ? Role.TOOL : role));
        }
        return runs.getLast();
    }
}
