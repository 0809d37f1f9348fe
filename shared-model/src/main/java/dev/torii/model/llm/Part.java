package dev.torii.model.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a message or of an answer.
public sealed interface Part {

    /// What is read.
    ///
    /// @param cache whether the prompt up to here is worth a provider's cache; null for not said
    /// @param annotations citations, in OpenAI's shape
    record Text(String text, @Nullable CacheHint cache, List<ObjectNode> annotations)
            implements Part {

        public Text {
            annotations = List.copyOf(annotations);
        }

        public Text(String text) {
            this(text, null, List.of());
        }
    }

    /// A picture.
    ///
    /// @param detail OpenAI's `low`, `high` or `auto`
    record Image(MediaSource source, @Nullable String detail, @Nullable CacheHint cache)
            implements Part {}

    /// A sound.
    ///
    /// @param format such as `wav`
    record Audio(MediaSource source, String format) implements Part {}

    record Document(
            MediaSource source,
            @Nullable String filename,
            @Nullable String title,
            @Nullable CacheHint cache)
            implements Part {}

    /// The model wants a tool used.
    ///
    /// @param id links the result to it
    /// @param arguments as the model wrote them: JSON text, or free text of a custom tool
    /// @param custom whether the tool takes free text
    record ToolCall(String id, String name, String arguments, boolean custom, @Nullable Seal seal)
            implements Part {}

    /// What a tool answered.
    ///
    /// @param name of the tool; null where the dialect does not say
    record ToolResult(
            String callId,
            @Nullable String name,
            List<Part> parts,
            boolean error,
            @Nullable CacheHint cache)
            implements Part {

        public ToolResult {
            parts = List.copyOf(parts);
        }
    }

    /// What the model thought before it answered.
    ///
    /// @param text empty where only the seal has it
    /// @param summary whether it is an abridged text
    record Thinking(String text, boolean summary, @Nullable Seal seal) implements Part {}

    /// The model's words for not answering.
    record Refusal(String text) implements Part {}

    /// JSON of a tool's result.
    record Data(JsonNode json) implements Part {}

    /// What only the dialect that it comes from understands.
    record Opaque(String dialect, ObjectNode json) implements Part {}
}
