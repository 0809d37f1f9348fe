package dev.torii.model.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation. Decoding never changes the order of messages: a system message in
/// the middle stays there.
///
/// @param name of the speaker, where the dialect has one
public record Message(Role role, List<Part> parts, @Nullable String name, Extra extra) {

    public Message {
        parts = List.copyOf(parts);
    }

    public Message(Role role, List<Part> parts) {
        this(role, parts, null, Extra.NONE);
    }

    /// All texts in it, joined by line breaks.
    public String text() {
        return String.join(
                "\n",
                parts.stream()
                        .filter(Part.Text.class::isInstance)
                        .map(part -> ((Part.Text) part).text())
                        .toList());
    }
}
