package dev.torii.engine.proxy;

import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.provider.AnswerStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the body of one upstream answer becomes the client's.
sealed interface AnswerRelay {

    /// The most of an answer that is held in memory to be looked at as a whole, in bytes.
    int MAX_HELD = 64 * 1024 * 1024;

    /// What the client gets now for these bytes; empty for not yet.
    ByteBuffer onBytes(ByteBuffer bytes);

    /// Each piece goes through as it comes.
    record Through() implements AnswerRelay {

        @Override
        public ByteBuffer onBytes(ByteBuffer bytes) {
            return bytes;
        }
    }

    /// An LLM's event stream.
    record Streamed(AnswerStream stream) implements AnswerRelay {

        @Override
        public ByteBuffer onBytes(ByteBuffer bytes) {
            return stream.onBytes(bytes);
        }
    }

    /// An answer as the client gets it.
    ///
    /// @param retryAfter when it is of use to ask again, where the upstream says so
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(int status, byte[] body, @Nullable Duration retryAfter) {}

    /// Held until it is whole, so that an answer that makes no sense can still become an error.
    record Held(Decoder decoder, ByteArrayOutputStream bytes) implements AnswerRelay {

        @FunctionalInterface
        interface Decoder {
            Whole decode(byte[] body) throws UnreadableAnswerException;
        }

        Held(Decoder decoder) {
            this(decoder, new ByteArrayOutputStream(2048));
        }

        @Override
        public ByteBuffer onBytes(ByteBuffer more) {
            if (bytes.size() + more.remaining() > MAX_HELD) {
                throw new IllegalStateException("the answer is longer than " + MAX_HELD + " bytes");
            }
            byte[] copy = new byte[more.remaining()];
            more.duplicate().get(copy);
            bytes.writeBytes(copy);
            return ByteBuffer.allocate(0);
        }

        Whole decoded() throws UnreadableAnswerException {
            return decoder.decode(bytes.toByteArray());
        }
    }
}
