package dev.torii.engine.proxy;

import java.io.IOException;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A client's body that streams through to the upstream. As long as nothing has been read of it, a
/// failed attempt leaves it whole for the next.
final class ClientBody extends ContentSourceRequestContent {

    private final Request request;
    private volatile boolean touched;
    private volatile boolean ended;
    private volatile long bytes;

    ClientBody(Request request, @Nullable String contentType) {
        super(request, contentType);
        this.request = request;
    }

    boolean touched() {
        return touched;
    }

    /// Whether its last bytes have been read.
    boolean ended() {
        return ended;
    }

    @Override
    public long getLength() {
        return request.getLength();
    }

    /// Bytes read so far.
    long bytes() {
        return bytes;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one reader at a time
    public Content.Chunk read() {
        touched = true;
        Content.Chunk chunk = super.read();
        if (Content.Chunk.isFailure(chunk) && chunk.getFailure() instanceof IOException) {
            return Content.Chunk.from(new ClientGoneException());
        }
        if (chunk != null) {
            bytes += chunk.remaining();
            ended = chunk.isLast();
        }
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        touched = true;
        super.demand(demandCallback);
    }

    /// The upstream wants no more of it, which is no failure of the client's: its connection is
    /// left alone, so that the answer still reaches it.
    @Override
    public void fail(Throwable failure) {}

    @Override
    public void fail(Throwable failure, boolean last) {}
}
