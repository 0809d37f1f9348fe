package dev.torii.engine.admin;

import dev.torii.model.json.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Keeps web pages of other sites from changing anything at the status port, which anyone may read.
final class PageGuard extends Handler.Wrapper {

    private final AllowedPages pages;

    PageGuard(AllowedPages pages, Handler guarded) {
        super(guarded);
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean reads =
                HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        String fault = reads ? null : pages.fault(request);
        if (fault == null) {
            return super.handle(request, response, callback);
        }
        refuse(fault, response, callback);
        return true;
    }

    static void refuse(String fault, Response response, Callback callback) {
        response.setStatus(403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, KongHeaders.JSON);
        response.write(
                true, ByteBuffer.wrap(Json.bytes(Json.object().put("message", fault))), callback);
    }
}
