package dev.torii.engine.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The client's end of an exchange: reads its body, writes its answer. Each write goes to the
/// network at once and calls back when the client has taken it, which is the backpressure; nothing
/// is gathered in between.
final class ClientSide {

    private final ServletContextRequest request;
    private final Response response;
    private final AsyncContext asyncContext;
    private @Nullable HttpFields sentHeaders;
    private long written;

    ClientSide(HttpServletRequest servletRequest) {
        request = ServletContextRequest.getServletContextRequest(servletRequest);
        // The servlet layer's response would rewrite content types; below it, headers stay as they
        // are written.
        response = request.getServletContextResponse().getWrapped();
        asyncContext = servletRequest.startAsync();
        // The times that count are the upstream's; the client may wait as long as they last.
        asyncContext.setTimeout(0);
        request.addIdleTimeoutListener(_ -> false);
    }

    Request request() {
        return request;
    }

    boolean hasBody() {
        return request.getLength() > 0
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    boolean committed() {
        return response.isCommitted();
    }

    /// Body bytes sent so far.
    long written() {
        return written;
    }

    /// Whether the body has the length that the headers promised.
    boolean wrotePromisedLength() {
        HttpFields sent = sentHeaders;
        return sent != null && sent.getLongField(HttpHeader.CONTENT_LENGTH) == written;
    }

    void status(int status) {
        response.setStatus(status);
    }

    HttpFields.Mutable headers() {
        return response.getHeaders();
    }

    /// The headers as the client gets them; those of an answer that has begun cannot be read from
    /// the response any more.
    HttpFields sentHeaders() {
        HttpFields sent = sentHeaders;
        if (sent == null) {
            sent = response.getHeaders().asImmutable();
            sentHeaders = sent;
        }
        return sent;
    }

    void write(ByteBuffer bytes, Callback callback) {
        sentHeaders();
        written += bytes.remaining();
        response.write(false, bytes, callback);
    }

    /// Writes the whole, or the last of, the answer and ends the exchange with the client.
    void writeLast(ByteBuffer bytes) {
        written += bytes.remaining();
        response.write(true, bytes, Callback.from(asyncContext::complete, this::abort));
    }

    /// Ends an answer that has been written.
    void end() {
        writeLast(ByteBuffer.allocate(0));
    }

    /// Breaks the connection, so that the client does not take a part of the answer for the whole.
    /// To any other exception than this Jetty would answer with an error of its own, and log it.
    void abort(Throwable cause) {
        request.getServletChannel().abort(new Request.Handler.AbortException(cause));
        try {
            asyncContext.complete();
        } catch (IllegalStateException e) {
            // The abort was the end already.
        }
    }
}
