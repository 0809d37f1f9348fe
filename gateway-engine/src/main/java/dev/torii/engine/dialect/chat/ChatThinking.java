package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Thoughts in a dialect that has no words for them: `reasoning_content` to read, as several
/// servers write it, and `reasoning_details` with the seals, as OpenRouter does, so that a client
/// that sends back what it got lets the vendor take its thought up again.
final class ChatThinking {

    static final String TEXT = "reasoning_content";
    static final String DETAILS = "reasoning_details";

    private ChatThinking() {}

    /// The thoughts of a message of the history.
    static List<Part> read(JsonNode message) {
        List<Part> thoughts = new ArrayList<>();
        for (JsonNode detail : message.path(DETAILS)) {
            Part thought = read(detail, Fields.text(detail, "type"));
            if (thought != null) {
                thoughts.add(thought);
            }
        }
        if (thoughts.isEmpty()) {
            String text = Fields.text(message, TEXT);
            text = text == null ? Fields.text(message, "reasoning") : text;
            if (text != null && !text.isEmpty()) {
                thoughts.add(new Part.Thinking(text, false, null));
            }
        }
        return thoughts;
    }

    private static @Nullable Part read(JsonNode detail, @Nullable String type) {
        String dialect = Fields.textOrEmpty(detail, "format");
        String data = Fields.text(detail, "data");
        if ("reasoning.encrypted".equals(type) && data != null) {
            return new Part.Thinking("", false, new Seal(Seal.Kind.ENCRYPTED, dialect, data));
        }
        String text = Fields.text(detail, "text");
        if ("reasoning.text".equals(type) && text != null) {
            String signature = Fields.text(detail, "signature");
            return new Part.Thinking(
                    text,
                    false,
                    signature == null ? null : new Seal(Seal.Kind.SIGNATURE, dialect, signature));
        }
        return null;
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
}
