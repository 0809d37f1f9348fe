package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AmazonErrors;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.Unwrapping;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/// Unwraps the answer of InvokeModelWithResponseStream, whose frames each hold one event in the
/// words of the model's own vendor. Source: Amazon Bedrock's API reference,
/// "InvokeModelWithResponseStream".
public final class InvokedEvents implements Unwrapping {

    private final EventFrames frames = new EventFrames();
    private final Function<LlmError, byte[]> failure;

    private boolean failed;

    /// @param failure writes the event with which the vendor's streams tell that they broke off
    public InvokedEvents(Function<LlmError, byte[]> failure) {
        this.failure = failure;
    }

    @Override
    public ByteBuffer events(ByteBuffer bytes) {
        var out = new ByteArrayOutputStream();
        if (!failed) {
            try {
                frames.read(bytes, frame -> take(frame, out));
            } catch (IllegalArgumentException _) {
                fail(LlmError.interrupted("the upstream sent a damaged event stream"), out);
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private void take(EventFrames.Frame frame, ByteArrayOutputStream out) {
        if (failed) {
            return;
        }
        if (!frame.isEvent()) {
            fail(AmazonErrors.inStream(frame.type(), frame.payload()), out);
            return;
        }
        ObjectNode data = Json.parseObjectOrNull(frame.payload());
        String event = data == null ? null : Fields.text(data, "bytes");
        if (event != null) {
            write(Base64.getDecoder().decode(event), out);
        }
    }

    private static void write(byte[] event, ByteArrayOutputStream out) {
        ObjectNode json = Json.parseObjectOrNull(event);
        String type = json == null ? null : Fields.text(json, "type");
        if (type != null) {
            out.writeBytes(("event: " + type + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        for (byte b : event) {
            // A line break in JSON stands between values only, so a blank does as well.
            out.write(b == '\n' || b == '\r' ? ' ' : b);
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private void fail(LlmError error, ByteArrayOutputStream out) {
        failed = true;
        out.writeBytes(failure.apply(error));
    }
}
