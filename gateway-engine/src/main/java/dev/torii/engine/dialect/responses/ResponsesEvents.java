package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes events, and numbers them without a gap.
final class ResponsesEvents {

    private ByteArrayOutputStream out = new ByteArrayOutputStream(0);
    private int sequence;

    /// @param first the number of the first event
    ResponsesEvents(int first) {
        this.sequence = first;
    }

    /// Where the next events go.
    void to(ByteArrayOutputStream next) {
        out = next;
    }

    void write(ObjectNode event) {
        event.put("sequence_number", sequence++);
        text("event: " + event.path("type").textValue() + "\ndata: " + Json.text(event) + "\n\n");
    }

    /// An event that holds the whole response.
    void response(String type, ObjectNode response) {
        ObjectNode event = Json.object().put("type", type);
        event.set("response", response);
        write(event);
    }

    void comment() {
        text(": torii\n\n");
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
