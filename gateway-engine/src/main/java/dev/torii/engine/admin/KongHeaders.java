package dev.torii.engine.admin;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Headers exactly as Kong writes them: the version in `Server`, which clients read, and the JSON
/// type with the space that the servlet API takes out.
final class KongHeaders extends Handler.Wrapper {

    static final String JSON = "application/json; charset=utf-8";

    KongHeaders(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put(HttpHeader.SERVER, "kong/" + InfoResource.KONG_VERSION);
        request.addHttpStreamWrapper(JsonTyped::new);
        return super.handle(request, response, callback);
    }

    private static final class JsonTyped extends HttpStream.Wrapper {

        JsonTyped(HttpStream stream) {
            super(stream);
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            super.send(
                    request, response == null ? null : spelled(response), last, content, callback);
        }

        private static MetaData.Response spelled(MetaData.Response response) {
            String type = response.getHttpFields().get(HttpHeader.CONTENT_TYPE);
            if (type == null || !type.equalsIgnoreCase("application/json;charset=utf-8")) {
                return response;
            }
            return new MetaData.Response(
                    response.getStatus(),
                    response.getReason(),
                    response.getHttpVersion(),
                    HttpFields.build(response.getHttpFields()).put(HttpHeader.CONTENT_TYPE, JSON),
                    response.getContentLength(),
                    response.getTrailersSupplier());
        }
    }
}
