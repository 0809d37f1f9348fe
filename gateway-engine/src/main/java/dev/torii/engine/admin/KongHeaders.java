package dev.torii.engine.admin;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/// Headers exactly as Kong writes them: the version in `Server`, which clients read, how long the
/// answer took, and the JSON type with the space that the servlet API takes out.
final class KongHeaders extends Handler.Wrapper {

    static final String JSON = "application/json; charset=utf-8";

    KongHeaders(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put(HttpHeader.SERVER, "kong/" + InfoResource.KONG_VERSION);
        request.addHttpStreamWrapper(stream -> new Stamped(stream, request));
        return super.handle(request, response, callback);
    }

    private static final class Stamped extends HttpStream.Wrapper {

        private final Request request;

        Stamped(HttpStream stream, Request request) {
            super(stream);
            this.request = request;
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            super.send(
                    request, response == null ? null : stamped(response), last, content, callback);
        }

        private MetaData.Response stamped(MetaData.Response response) {
            long nanos = NanoTime.since(request.getBeginNanoTime());
            HttpFields.Mutable headers =
                    HttpFields.build(response.getHttpFields())
                            .put("X-Kong-Admin-Latency", TimeUnit.NANOSECONDS.toMillis(nanos));
            String type = headers.get(HttpHeader.CONTENT_TYPE);
            if (type != null && type.equalsIgnoreCase("application/json;charset=utf-8")) {
                headers.put(HttpHeader.CONTENT_TYPE, JSON);
            }
            return new MetaData.Response(
                    response.getStatus(),
                    response.getReason(),
                    response.getHttpVersion(),
                    headers,
                    response.getContentLength(),
                    response.getTrailersSupplier());
        }
    }
}
