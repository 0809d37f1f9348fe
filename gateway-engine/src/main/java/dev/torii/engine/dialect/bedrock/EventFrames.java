package dev.torii.engine.dialect.bedrock;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/// Cuts a stream of type `application/vnd.amazon.eventstream` into its frames, wherever the network
/// cut it before; both checksums of a frame are checked. Amazon's own decoder does the same, but
/// holds two megabytes for each stream. Source: Amazon's documentation, "Event stream encoding".
final class EventFrames {

    /// Longest frame that is taken, in bytes.
    private static final int LONGEST = 16 * 1024 * 1024;

    /// Two lengths and two checksums.
    private static final int SHORTEST = 16;

    /// One frame.
    ///
    /// @param kind `event`, `exception` or `error`
    /// @param type of the event or the exception; for an error its code
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(String kind, @Nullable String type, byte[] payload) {

        boolean isEvent() {
            return kind.equals("event");
        }
    }

    /// What has come of a frame that is not whole yet, and room for more.
    private byte[] held = new byte[0];

    private int count;

    /// Takes the next bytes. What is behind the last whole frame is copied and waits for more.
    ///
    /// @throws IllegalArgumentException when the bytes are no frames, or damaged
    void read(ByteBuffer bytes, Consumer<Frame> sink) {
        boolean waited = count > 0;
        ByteBuffer all = waited ? joined(bytes) : bytes.duplicate();
        int begin = all.position();
        while (all.remaining() >= Integer.BYTES) {
            int length = all.getInt(all.position());
            if (length < SHORTEST || length > LONGEST) {
                throw new IllegalArgumentException("a frame of " + length + " bytes");
            }
            if (all.remaining() < length) {
                break;
            }
            ByteBuffer frame = all.slice(all.position(), length);
            all.position(all.position() + length);
            sink.accept(frame(Message.decode(frame)));
        }
        if (!waited || all.position() > begin) {
            held = new byte[all.remaining()];
            count = held.length;
            all.get(held);
        }
    }

    /// What has come with what comes. Room grows by half at least, so that a long frame in many
    /// pieces is not copied for each.
    private ByteBuffer joined(ByteBuffer bytes) {
        int whole = count + bytes.remaining();
        if (whole > held.length) {
            held = Arrays.copyOf(held, Math.max(whole, held.length + held.length / 2));
        }
        bytes.duplicate().get(held, count, bytes.remaining());
        count = whole;
        return ByteBuffer.wrap(held, 0, whole);
    }

    /// Whether a frame has begun that is not whole yet.
    boolean isOpen() {
        return count > 0;
    }

    private static Frame frame(Message message) {
        String kind = header(message, ":message-type");
        String type =
                switch (kind) {
                    case "exception" -> header(message, ":exception-type");
                    case "error" -> header(message, ":error-code");
                    case null, default -> header(message, ":event-type");
                };
        return new Frame(kind == null ? "event" : kind, type, message.getPayload());
    }

    private static @Nullable String header(Message message, String name) {
        HeaderValue value = message.getHeaders().get(name);
        return value == null ? null : value.getString();
    }
}
