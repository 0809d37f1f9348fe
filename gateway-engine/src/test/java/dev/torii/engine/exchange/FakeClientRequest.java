package dev.torii.engine.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client request without a network, built fluently and then left alone.
public final class FakeClientRequest implements ClientRequest {

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private @Nullable TlsSession tls;

    private FakeClientRequest(String method, String uri) {
        int mark = uri.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? uri : uri.substring(0, mark);
        this.query = mark < 0 ? null : uri.substring(mark + 1);
        header("Host", "localhost:8000");
    }

    public static FakeClientRequest of(String method, String uri) {
        return new FakeClientRequest(method, uri);
    }

    public static FakeClientRequest get(String uri) {
        return of("GET", uri);
    }

    public static FakeClientRequest post(String uri) {
        return of("POST", uri);
    }

    /// Adds one more value.
    public FakeClientRequest header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(value);
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    /// As it would have come over TLS.
    public FakeClientRequest over(TlsSession session) {
        tls = session;
        return this;
    }

    @Override
    public String scheme() {
        return tls == null ? "http" : "https";
    }

    @Override
    public @Nullable TlsSession tls() {
        return tls;
    }

    @Override
    public String hostHeader() {
        return headers.getOrDefault("host", List.of("")).getFirst();
    }

    /// Takes the place of the usual one.
    public FakeClientRequest host(String host) {
        headers.remove("host");
        return header("Host", host);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String normalizedPath() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public List<String> queryValues(String name) {
        return query == null ? List.of() : FormText.values(query, name);
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Map<String, List<String>> headers() {
        return headers;
    }

    @Override
    public String clientIp() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 8000;
    }
}
