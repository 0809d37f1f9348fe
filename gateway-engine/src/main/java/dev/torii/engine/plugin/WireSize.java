package dev.torii.engine.plugin;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.Exchange;
import java.util.List;
import java.util.Map;

/// Bytes of an ended exchange on the client's connection, headers included, as HTTP/1.1 writes
/// them.
public final class WireSize {

    private static final int STATUS_LINE = "HTTP/1.1 200 OK\r\n".length();
    private static final int REQUEST_LINE = "  HTTP/1.1\r\n".length();
    private static final int LINE_END = "\r\n".length();

    private WireSize() {}

    public static long request(Exchange exchange) {
        ClientRequest request = exchange.request();
        String query = request.query();
        return request.method().length()
                + request.path().length()
                + (query == null ? 0 : query.length() + 1)
                + REQUEST_LINE
                + headers(request.headers())
                + exchange.outcome().requestBytes();
    }

    public static long response(Exchange exchange) {
        return STATUS_LINE + headers(exchange.sentHeaders()) + exchange.outcome().responseBytes();
    }

    private static long headers(Map<String, List<String>> headers) {
        long size = LINE_END;
        for (var header : headers.entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + ": ".length() + value.length() + LINE_END;
            }
        }
        return size;
    }
}
