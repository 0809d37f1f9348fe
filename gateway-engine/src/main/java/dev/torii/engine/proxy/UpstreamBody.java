package dev.torii.engine.proxy;

import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/// What is sent upstream, anew for each attempt.
sealed interface UpstreamBody {

    Request.@Nullable Content content();

    /// Whether another attempt can send it.
    boolean repeatable();

    /// Whether nothing more of it is to come: all that is not out yet is on its way.
    default boolean given() {
        return true;
    }

    record None() implements UpstreamBody {

        @Override
        public Request.@Nullable Content content() {
            return null;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /// A body in memory.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes, String contentType) implements UpstreamBody {

        @Override
        public Request.Content content() {
            return new BytesRequestContent(contentType, bytes);
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /// The client's body, as it comes.
    record Streamed(ClientBody body) implements UpstreamBody {

        @Override
        public Request.Content content() {
            return body;
        }

        @Override
        public boolean repeatable() {
            return !body.touched();
        }

        @Override
        public boolean given() {
            return body.ended();
        }
    }
}
