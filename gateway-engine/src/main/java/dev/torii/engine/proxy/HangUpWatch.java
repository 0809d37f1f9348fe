package dev.torii.engine.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// Notices that a client hangs up while its answer is being waited for. Jetty does not read from a
/// connection whose request is being handled, so it would not see the end of the stream until the
/// next write. This reads in its stead once the request's body is complete; what it may read of a
/// pipelined next request goes back to the connection.
///
/// It leans on Jetty's connection internals and on nothing else here does; `LlmRoadTest` and
/// `ReverseProxyTest` hold it to its word.
final class HangUpWatch {

    /// A read beyond this much of a next request waits in the socket.
    private static final int PUSH_BACK = 4096;

    private final AbstractEndPoint endPoint;
    private final HttpConnection connection;
    private final Runnable onHangUp;
    private boolean watching;
    private boolean stopped;

    private HangUpWatch(AbstractEndPoint endPoint, HttpConnection connection, Runnable onHangUp) {
        this.endPoint = endPoint;
        this.connection = connection;
        this.onHangUp = onHangUp;
    }

    /// A watch over the client's connection; it begins with `start`.
    static HangUpWatch over(Request request, Runnable onHangUp) {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection instanceof HttpConnection http
                && http.getEndPoint() instanceof AbstractEndPoint endPoint) {
            return new HangUpWatch(endPoint, http, onHangUp);
        }
        throw new IllegalStateException("not an HTTP/1.1 connection: " + connection.getClass());
    }

    /// Begins, once the request's body has been read to the end and its bytes are let go of. A
    /// client that has sent its next request already is there, and is not watched: there would be
    /// no room for what is read.
    synchronized void start() {
        if (!stopped && connection.isRequestBufferEmpty()) {
            watching = endPoint.tryFillInterested(Callback.from(this::onReadable, _ -> {}));
        }
    }

    private void onReadable() {
        boolean gone = false;
        synchronized (this) {
            if (!watching) {
                return;
            }
            watching = false;
            ByteBuffer buffer = BufferUtil.allocate(PUSH_BACK);
            try {
                int read = endPoint.fill(buffer);
                gone = read < 0;
                if (read > 0) {
                    connection.onUpgradeTo(buffer);
                } else if (read == 0) {
                    start();
                }
            } catch (IOException e) {
                gone = true;
            }
        }
        if (gone) {
            onHangUp.run();
        }
    }

    /// Gives the connection back to Jetty; before the answer is ended.
    synchronized void stop() {
        stopped = true;
        if (watching) {
            watching = false;
            endPoint.getFillInterest().onFail(new StoppedException());
        }
    }

    /// Takes the place of a read that is not wanted any more; nobody looks at it.
    private static final class StoppedException extends IOException {

        private static final long serialVersionUID = 1L;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
