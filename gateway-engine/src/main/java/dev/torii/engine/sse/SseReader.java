package dev.torii.engine.sse;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into server-sent events, wherever the network cut it before. Line ends may be
/// `\n`, `\r\n` or `\r`. Source: the HTML standard, "Server-sent events", 9.2.6.
public final class SseReader {

    /// Longest event that is taken, in bytes.
    public static final int MAX_EVENT = 16 * 1024 * 1024;

    /// Receives the events of one [#read], in order; each is a view of the bytes and valid during
    /// the call only.
    @FunctionalInterface
    public interface Sink {
        void event(SseEvent event);
    }

    private byte[] rest = new byte[0];

    /// Takes the next bytes. What is behind the last whole event is copied and waits for more.
    ///
    /// @return the bytes that the events were cut from: `bytes` itself where nothing had been
    ///   waiting
    /// @throws IllegalStateException when an event grows over [#MAX_EVENT]
    public ByteBuffer read(ByteBuffer bytes, Sink sink) {
        ByteBuffer all = rest.length == 0 ? bytes : join(rest, bytes);
        int start = all.position();
        int end = all.limit();
        int from = start;
        int at = endOfEvent(all, from, end);
        while (at >= 0) {
            sink.event(new SseEvent(all, from, at));
            from = at;
            at = endOfEvent(all, from, end);
        }
        rest = new byte[end - from];
        if (rest.length > MAX_EVENT) {
            throw new IllegalStateException(
                    "a server-sent event is longer than " + MAX_EVENT + " bytes");
        }
        all.get(from, rest);
        return all;
    }

    /// What is left when the stream has ended: a last event without its blank line, or null.
    public @Nullable SseEvent last() {
        if (rest.length == 0) {
            return null;
        }
        SseEvent event = new SseEvent(ByteBuffer.wrap(rest), 0, rest.length);
        rest = new byte[0];
        return event;
    }

    private static ByteBuffer join(byte[] head, ByteBuffer tail) {
        ByteBuffer joined = ByteBuffer.allocate(head.length + tail.remaining());
        joined.put(head).put(tail.duplicate()).flip();
        return joined;
    }

    /// The index behind the blank line that ends the event, or -1. A `\r` at the very end of the
    /// bytes is left for the next read, since a `\n` may follow it.
    private static int endOfEvent(ByteBuffer bytes, int from, int end) {
        boolean lineStart = true;
        for (int i = from; i < end; i++) {
            byte b = bytes.get(i);
            if (b == '\n') {
                if (lineStart) {
                    return i + 1;
                }
                lineStart = true;
            } else if (b == '\r') {
                if (i + 1 == end) {
                    return -1;
                }
                if (bytes.get(i + 1) == '\n') {
                    i++;
                }
                if (lineStart) {
                    return i + 1;
                }
                lineStart = true;
            } else {
                lineStart = false;
            }
        }
        return -1;
    }
}
