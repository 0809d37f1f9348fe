package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Thoughts in a dialect that has no words for them: `reasoning_content` to read, as several
/// servers write it, and `reasoning_details` with the seals, as OpenRouter does, so that a client
/// that sends back what it got lets the vendor take its thought up again.
final class ChatThinking {

    static final String TEXT = "reasoning_content";
    static final String REASONING = "reasoning";
    static final String DETAILS = "reasoning_details";

    /// What OpenRouter calls the seals of the vendors behind it.
    private static final Pattern OPENROUTERS = Pattern.compile("[a-z-]+-v\\d+|unknown");

    private ChatThinking() {}

    /// The thoughts of a message. A text beside details that are sealed and cannot be read is a
    /// thought of its own.
    static List<Part> read(JsonNode message) {
        List<Part> thoughts = new ArrayList<>();
        for (JsonNode detail : message.path(DETAILS)) {
            Part thought = read(detail, Fields.text(detail, "type"));
            if (thought != null) {
                thoughts.add(thought);
            }
        }
        String text = text(message);
        if (!text.isEmpty() && thoughts.stream().noneMatch(ChatThinking::isReadable)) {
            thoughts.addFirst(new Part.Thinking(text, false, null));
        }
        return thoughts;
    }

    private static boolean isReadable(Part thought) {
        return thought instanceof Part.Thinking(var text, _, _) && !text.isEmpty();
    }

    /// The thought in a message or in a piece of a stream, whichever name the server has for it.
    static String text(JsonNode message) {
        String text = Fields.textOrEmpty(message, TEXT);
        return text.isEmpty() ? Fields.textOrEmpty(message, REASONING) : text;
    }

    /// The thought in a part of Mistral's content, which is a text or an array of texts.
    static String ofPart(JsonNode part) {
        JsonNode thinking = part.path("thinking");
        StringBuilder text = new StringBuilder(thinking.asText());
        thinking.forEach(piece -> text.append(Fields.textOrEmpty(piece, "text")));
        return text.toString();
    }

    /// The seal of one of the `reasoning_details`; null where it has none.
    static @Nullable Seal seal(JsonNode detail) {
        String dialect = Objects.requireNonNullElse(Fields.text(detail, "format"), "unknown");
        String data = Fields.textOrEmpty(detail, "data");
        if (!data.isEmpty()) {
            return new Seal(Seal.Kind.ENCRYPTED, dialect, data);
        }
        String signature = Fields.textOrEmpty(detail, "signature");
        return signature.isEmpty() ? null : new Seal(Seal.Kind.SIGNATURE, dialect, signature);
    }

    private static @Nullable Part read(JsonNode detail, @Nullable String type) {
        Seal seal = seal(detail);
        return switch (type) {
            case "reasoning.encrypted" -> seal == null ? null : new Part.Thinking("", false, seal);
            case "reasoning.text" -> thought(Fields.textOrEmpty(detail, "text"), false, seal);
            case "reasoning.summary" -> thought(Fields.textOrEmpty(detail, "summary"), true, seal);
            case null, default -> null;
        };
    }

    private static @Nullable Part thought(String text, boolean summary, @Nullable Seal seal) {
        return text.isEmpty() && seal == null ? null : new Part.Thinking(text, summary, seal);
    }

    /// One thought as `reasoning_details` has it; null for one without a seal, which the text says
    /// as well.
    static @Nullable ObjectNode detail(String text, @Nullable Seal seal, int index) {
        if (seal == null) {
            return null;
        }
        ObjectNode detail = Json.object();
        switch (seal.kind()) {
            case SIGNATURE ->
                    detail.put("type", "reasoning.text")
                            .put("text", text)
                            .put("signature", seal.value());
            case ENCRYPTED -> detail.put("type", "reasoning.encrypted").put("data", seal.value());
        }
        return detail.put("format", seal.dialect()).put("index", index);
    }

    /// One thought as OpenRouter takes it back; null for one that it cannot have come from.
    static @Nullable ObjectNode openRouterDetail(Part.Thinking thought, int index) {
        Seal seal = thought.seal();
        if (seal == null) {
            ObjectNode detail = Json.object();
            if (thought.summary()) {
                detail.put("type", "reasoning.summary").put("summary", thought.text());
            } else {
                detail.put("type", "reasoning.text").put("text", thought.text());
            }
            return detail.put("index", index);
        }
        return OPENROUTERS.matcher(seal.dialect()).matches()
                ? detail(thought.text(), seal, index)
                : null;
    }
}
