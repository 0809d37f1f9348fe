package dev.torii.engine.proxy;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.FormText;
import dev.torii.engine.exchange.TlsSession;
import dev.torii.engine.router.PathNormalizer;
import dev.torii.engine.tls.AskedName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A client request over what Jetty parsed. Jetty's header fields are immutable and not reused, so
/// this stays valid after the exchange.
final class JettyClientRequest implements ClientRequest {

    /// Keeps what is the same for all requests of a connection.
    private static final String TLS = TlsSession.class.getName();

    private final String method;
    private final String scheme;
    private final String hostHeader;
    private final String path;
    private final String normalizedPath;
    private final @Nullable String query;
    private final HttpFields headers;
    private final String clientIp;
    private final int localPort;
    private final @Nullable TlsSession tls;

    JettyClientRequest(Request request) {
        method = request.getMethod();
        scheme = request.isSecure() ? "https" : "http";
        headers = request.getHeaders().asImmutable();
        String host = headers.get(HttpHeader.HOST);
        hostHeader = host == null ? "" : host;
        String rawPath = request.getHttpURI().getPath();
        path = rawPath == null || rawPath.isEmpty() ? "/" : encoded(rawPath);
        normalizedPath = PathNormalizer.normalize(path);
        String rawQuery = request.getHttpURI().getQuery();
        query = rawQuery == null ? null : encoded(rawQuery);
        clientIp = Request.getRemoteAddr(request);
        localPort = Request.getLocalPort(request);
        tls = request.isSecure() ? tls(request) : null;
    }

    private static @Nullable TlsSession tls(Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getAttribute(TLS) instanceof TlsSession known) {
            return known;
        }
        if (connection.getConnection().getEndPoint() instanceof SslEndPoint endPoint) {
            SSLEngine engine = endPoint.getSslConnection().getSSLEngine();
            SSLSession session = engine.getSession();
            TlsSession agreed =
                    new TlsSession(
                            session.getProtocol(), session.getCipherSuite(), AskedName.of(engine));
            connection.setAttribute(TLS, agreed);
            return agreed;
        }
        return null;
    }

    /// Encodes what a client may have left as it is written, such as `/検索`, and a percent sign that
    /// begins no escape, which Jetty's client would not send. All else stays, however odd.
    private static String encoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0 || (bytes[i] == '%' && !isEscape(bytes, i))) {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
            } else {
                out.append((char) bytes[i]);
            }
        }
        return out.length() == text.length() ? text : out.toString();
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[at + 1])
                && HexFormat.isHexDigit(bytes[at + 2]);
    }

    /// The headers as Jetty has them, for the proxy's own use.
    HttpFields fields() {
        return headers;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String hostHeader() {
        return hostHeader;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String normalizedPath() {
        return normalizedPath;
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
        return headers.get(name);
    }

    @Override
    public List<String> headers(String name) {
        return headers.getValuesList(name);
    }

    @Override
    public Map<String, List<String>> headers() {
        return asMap(headers);
    }

    /// Names in lower case, in the order of the fields.
    static Map<String, List<String>> asMap(HttpFields headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (HttpField field : headers) {
            all.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(field.getValue() == null ? "" : field.getValue());
        }
        return all;
    }

    @Override
    public String clientIp() {
        return clientIp;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public @Nullable TlsSession tls() {
        return tls;
    }
}
