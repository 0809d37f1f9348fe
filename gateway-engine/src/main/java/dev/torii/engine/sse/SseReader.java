package dev.torii.engine.sse;

import java.nio.ByteBuffer;
import java.util.Arrays;
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

    /// What has come of an event that is not whole yet, and room for more.
    private byte[] held = new byte[0];

    private int count;

    /// How much of it was looked through.
    private int seen;

    /// Takes the next bytes. What is behind the last whole event is copied and waits for more.
    ///
    /// @return the bytes that the events were cut from: `bytes` itself where nothing had been
    ///   waiting
    /// @throws IllegalStateException when an event grows over [#MAX_EVENT]
    public ByteBuffer read(ByteBuffer bytes, Sink sink) {
        boolean waited = count > 0;
        ByteBuffer all = waited ? joined(bytes) : bytes;
        int end = all.limit();
        int begin = all.position();
        int from = begin;
        int at = endOfEvent(all, from, waited ? seen : from, end);
        while (at >= 0) {
            sink.event(new SseEvent(all, from, at));
            from = at;
            at = endOfEvent(all, from, from, end);
        }
        if (!waited || from > begin) {
            held = new byte[end - from];
            count = held.length;
            all.get(from, held);
        }
        if (count > MAX_EVENT) {
            throw new IllegalStateException(
                    "a server-sent event is longer than " + MAX_EVENT + " bytes");
        }
        seen = count > 0 && held[count - 1] == '\r' ? count - 1 : count;
        return all;
    }

    /// What is left when the stream has ended: a last event without its blank line, or null.
    public @Nullable SseEvent last() {
        if (count == 0) {
            return null;
        }
        SseEvent event = new SseEvent(ByteBuffer.wrap(held, 0, count), 0, count);
        held = new byte[0];
        count = 0;
        return event;
    }

    /// What has come with what comes. Room grows by half at least, so that a long event in many
    /// pieces is not copied for each; what was handed out before is not written over.
    private ByteBuffer joined(ByteBuffer bytes) {
        int whole = count + bytes.remaining();
        if (whole > held.length) {
            held = Arrays.copyOf(held, Math.max(whole, held.length + held.length / 2));
        }
        bytes.duplicate().get(held, count, bytes.remaining());
        count = whole;
        return ByteBuffer.wrap(held, 0, whole);
    }

    /// The index behind the blank line that ends the event, or -1. A `\r` at the very end of the
    /// bytes is left for the next read, since a `\n` may follow it.
    ///
    /// @param from where the event begins
    /// @param unseen where to look on, not between a `\r` and its `\n`
    private static int endOfEvent(ByteBuffer bytes, int from, int unseen, int end) {
        boolean lineStart = unseen == from || isLineEnd(bytes.get(unseen - 1));
        for (int i = unseen; i < end; i++) {
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

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }
}
