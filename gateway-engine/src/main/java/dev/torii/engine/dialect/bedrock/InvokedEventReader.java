package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the answer of InvokeModelWithResponseStream, whose frames each hold one event in the words
/// of the model's own vendor: it is unwrapped, and read by that vendor's reader as a server-sent
/// event. Source: Amazon Bedrock's API reference, "InvokeModelWithResponseStream".
public final class InvokedEventReader implements EventReader {

    private final EventFrames frames = new EventFrames();
    private final EventReader vendor;

    private boolean ended;
    private StreamEvent.@Nullable PartStart open;

    /// @param vendor reads what the frames hold
    public InvokedEventReader(EventReader vendor) {
        this.vendor = vendor;
    }

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        if (ended) {
            return;
        }
        try {
            frames.read(bytes, frame -> onFrame(frame, sink));
        } catch (IllegalArgumentException _) {
            fail(LlmError.interrupted("the upstream sent a damaged event stream"), sink);
        }
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        if (!ended) {
            vendor.end(event -> pass(event, sink));
        }
    }

    private void onFrame(EventFrames.Frame frame, Consumer<StreamEvent> sink) {
        if (ended) {
            return;
        }
        if (!frame.isEvent()) {
            fail(BedrockErrors.inStream(frame.type(), frame.payload()), sink);
            return;
        }
        ObjectNode data = Json.parseObjectOrNull(frame.payload());
        String event = data == null ? null : Fields.text(data, "bytes");
        if (event != null) {
            vendor.read(serverSent(event), piece -> pass(piece, sink));
        }
    }

    /// A line break in JSON stands between values only, so a blank does as well.
    private static ByteBuffer serverSent(String base64) {
        String json =
                new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)
                        .replace('\n', ' ')
                        .replace('\r', ' ');
        return ByteBuffer.wrap(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private void pass(StreamEvent event, Consumer<StreamEvent> sink) {
        switch (event) {
            case StreamEvent.PartStart start -> open = start;
            case StreamEvent.PartEnd _ -> open = null;
            case StreamEvent.Ended _ -> ended = true;
            default -> {}
        }
        sink.accept(event);
    }

    private void fail(LlmError error, Consumer<StreamEvent> sink) {
        StreamEvent.PartStart part = open;
        if (part != null) {
            pass(new StreamEvent.PartEnd(part.choice(), part.part(), null), sink);
        }
        pass(new StreamEvent.Failed(error), sink);
        pass(new StreamEvent.Ended(), sink);
    }
}
