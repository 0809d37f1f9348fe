package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of texts and refusals.
final class OpenMessage extends OpenItem {

    private final ArrayNode content = Json.array();
    private final StringBuilder text = new StringBuilder();
    private final List<ObjectNode> citations = new ArrayList<>();
    private final List<ObjectNode> tokens = new ArrayList<>();

    /// How many of the tokens have been told of.
    private int told;

    private boolean refusal;

    OpenMessage(ResponsesEvents events, String id, int index) {
        super(events, id, index);
        announce(ResponsesItems.message(id, "in_progress", Json.array()));
    }

    @Override
    boolean takes(Opening opening) {
        return opening instanceof Opening.Text || opening instanceof Opening.Refusal;
    }

    @Override
    void begin(Opening opening) {
        refusal = opening instanceof Opening.Refusal;
        text.setLength(0);
        citations.clear();
        tokens.clear();
        told = 0;
        write(of("response.content_part.added").set("part", part()));
    }

    @Override
    void piece(String piece) {
        text.append(piece);
        ObjectNode event =
                of(refusal ? "response.refusal.delta" : "response.output_text.delta")
                        .put("delta", piece);
        write(withLogprobs(event, tokens.subList(told, tokens.size())));
        told = tokens.size();
    }

    @Override
    void cite(ObjectNode citation) {
        ArrayNode written = ResponsesAnnotations.json(List.of(citation));
        if (!written.isEmpty()) {
            ObjectNode event =
                    of("response.output_text.annotation.added")
                            .put("annotation_index", citations.size());
            citations.add(citation);
            write(event.set("annotation", written.path(0)));
        }
    }

    @Override
    void weigh(List<ObjectNode> more) {
        tokens.addAll(more);
    }

    @Override
    void end(@Nullable Seal seal) {
        ObjectNode event = of(refusal ? "response.refusal.done" : "response.output_text.done");
        event.put(refusal ? "refusal" : "text", text.toString());
        write(withLogprobs(event, tokens));
        ObjectNode part = part();
        write(of("response.content_part.done").set("part", part));
        content.add(part);
    }

    private ObjectNode of(String type) {
        return event(type).put("content_index", content.size());
    }

    private ObjectNode withLogprobs(ObjectNode event, List<ObjectNode> told) {
        if (!refusal) {
            event.set("logprobs", ResponsesLogprobs.json(told));
        }
        return event;
    }

    private ObjectNode part() {
        String whole = text.toString();
        return refusal
                ? ResponsesItems.refusal(whole)
                : ResponsesItems.text(whole, citations, tokens);
    }

    @Override
    ObjectNode item(String status) {
        return ResponsesItems.message(id(), status, content);
    }
}
