package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent.Opening;
import org.jspecify.annotations.Nullable;

/// A thought, told in its summary or in its content; one that nobody can read has no words.
final class OpenReasoning extends OpenItem {

    private final boolean abridged;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String encrypted;

    OpenReasoning(ResponsesEvents events, String id, int index, boolean abridged) {
        super(events, id, index);
        this.abridged = abridged;
        announce(ResponsesItems.reasoning(id, "", abridged, null));
    }

    @Override
    boolean takes(Opening opening) {
        return false;
    }

    @Override
    void begin(Opening opening) {}

    @Override
    void piece(String piece) {
        if (text.isEmpty()) {
            ObjectNode event =
                    of(
                            abridged
                                    ? "response.reasoning_summary_part.added"
                                    : "response.content_part.added");
            write(event.set("part", part()));
        }
        text.append(piece);
        write(
                of(abridged
                                ? "response.reasoning_summary_text.delta"
                                : "response.reasoning_text.delta")
                        .put("delta", piece));
    }

    @Override
    void end(@Nullable Seal seal) {
        encrypted = ResponsesItems.carried(seal);
        if (text.isEmpty()) {
            return;
        }
        write(
                of(abridged
                                ? "response.reasoning_summary_text.done"
                                : "response.reasoning_text.done")
                        .put("text", text.toString()));
        ObjectNode event =
                of(
                        abridged
                                ? "response.reasoning_summary_part.done"
                                : "response.content_part.done");
        write(event.set("part", part()));
    }

    /// Carries the seal of a call, for which a call has no place.
    void carry(String wrapped) {
        encrypted = wrapped;
    }

    private ObjectNode of(String type) {
        return event(type).put(abridged ? "summary_index" : "content_index", 0);
    }

    private ObjectNode part() {
        String whole = text.toString();
        return abridged ? ResponsesItems.summary(whole) : ResponsesItems.thought(whole);
    }

    @Override
    ObjectNode item(String status) {
        return ResponsesItems.reasoning(id(), text.toString(), abridged, encrypted);
    }
}
