package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item of `output` that is being streamed. It is announced when it is made, takes one part
/// after another, and is said again whole when it closes.
abstract sealed class OpenItem permits OpenMessage, OpenReasoning, OpenCall {

    private final ResponsesEvents events;
    private final String id;
    private final int index;

    OpenItem(ResponsesEvents events, String id, int index) {
        this.events = events;
        this.id = id;
        this.index = index;
    }

    final String id() {
        return id;
    }

    /// Whether the part is one more of this item, and not the first of another.
    abstract boolean takes(Opening opening);

    abstract void begin(Opening opening);

    abstract void piece(String text);

    /// Where the open text was found.
    void cite(ObjectNode citation) {}

    /// How likely the tokens of the next piece were.
    void weigh(List<ObjectNode> tokens) {}

    abstract void end(@Nullable Seal seal);

    /// The whole item.
    ///
    /// @param status `completed` or `incomplete`
    abstract ObjectNode item(String status);

    final void announce(ObjectNode item) {
        write("response.output_item.added", item);
    }

    final ObjectNode close(String status) {
        ObjectNode item = item(status);
        write("response.output_item.done", item);
        return item;
    }

    private void write(String type, ObjectNode item) {
        ObjectNode event = Json.object().put("type", type);
        event.set("item", item);
        events.write(event.put("output_index", index));
    }

    /// An event about this item, to be filled in and written.
    final ObjectNode event(String type) {
        return Json.object().put("type", type).put("item_id", id).put("output_index", index);
    }

    final void write(ObjectNode event) {
        events.write(event);
    }
}
