package dev.torii.engine.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.Unwrapping;
import dev.torii.model.llm.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/// Event streams for tests.
public final class Frames {

    private Frames() {}

    public static byte[] event(String type, String payload) {
        return frame("event", ":event-type", type, payload);
    }

    public static byte[] exception(String type, String payload) {
        return frame("exception", ":exception-type", type, payload);
    }

    public static byte[] error(String code) {
        return frame("error", ":error-code", code, "");
    }

    /// A vendor's own event, as InvokeModelWithResponseStream wraps it.
    public static byte[] chunk(String event) {
        String bytes = Base64.getEncoder().encodeToString(event.getBytes(UTF_8));
        return event("chunk", "{\"bytes\":\"" + bytes + "\",\"p\":\"abcdef\"}");
    }

    private static byte[] frame(String kind, String name, String value, String payload) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(name, HeaderValue.fromString(value));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        headers.put(":message-type", HeaderValue.fromString(kind));
        var bytes = new ByteArrayOutputStream();
        new Message(headers, payload.getBytes(UTF_8)).encode(bytes);
        return bytes.toByteArray();
    }

    public static byte[] joined(byte[]... frames) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            bytes.writeBytes(frame);
        }
        return bytes.toByteArray();
    }

    /// Reads a vendor's events out of the frames that they are wrapped in.
    public static EventReader unwrapped(Unwrapping unwrapping, EventReader vendor) {
        return new EventReader() {
            @Override
            public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
                vendor.read(unwrapping.events(bytes), sink);
            }

            @Override
            public void end(Consumer<StreamEvent> sink) {
                vendor.end(sink);
            }
        };
    }

    /// The same events, whether the bytes come whole, one by one, or in any pieces.
    public static StreamGrammar readHoweverCut(Supplier<EventReader> reader, byte[] stream) {
        StreamGrammar whole = StreamGrammar.read(reader.get(), List.of(stream));
        var random = new Random(34);
        for (int i = 0; i < 20; i++) {
            int longest = i == 0 ? 1 : 300;
            List<byte[]> pieces = StreamGrammar.cut(stream, () -> 1 + random.nextInt(longest));
            assertThat(StreamGrammar.read(reader.get(), pieces).events()).isEqualTo(whole.events());
        }
        return whole;
    }
}
