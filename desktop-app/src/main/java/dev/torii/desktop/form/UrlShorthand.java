package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FormHints;
import dev.torii.model.schema.Format;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A service's `url`: `https://example.com/v1` for protocol, host, port and path.
public final class UrlShorthand implements Shorthand {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final FieldSpec field;

    public UrlShorthand() {
        var hints =
                new FormHints(
                        Map.of("en", "URL", "ja", "URL"),
                        Map.of(
                                "en", "Protocol, host, port and path in one line",
                                "ja", "プロトコル、ホスト、ポート、パスを1行で指定"),
                        null,
                        false,
                        null,
                        "https://example.com",
                        null,
                        List.of());
        var traits =
                new FieldSpec.Traits(
                        true, null, false, false, false, false, null, null, null, hints);
        field =
                new FieldSpec.Text(
                        "url",
                        traits,
                        List.of(),
                        List.of(),
                        1,
                        Integer.MAX_VALUE,
                        null,
                        List.of(),
                        null,
                        Format.URL);
    }

    @Override
    public FieldSpec field() {
        return field;
    }

    @Override
    public List<String> parts() {
        return List.of("protocol", "host", "port", "path");
    }

    @Override
    public JsonNode join(ObjectNode value) {
        String host = value.path("host").asText("");
        if (host.isEmpty() || value.path("host").isNull()) {
            return NullNode.getInstance();
        }
        String protocol = value.path("protocol").asText("http");
        int port = value.path("port").asInt(HTTP_PORT);
        JsonNode path = value.path("path");
        return TextNode.valueOf(
                protocol
                        + "://"
                        + (host.contains(":") ? "[" + host + "]" : host)
                        + (port == defaultPort(protocol) ? "" : ":" + port)
                        + (path.isTextual() ? path.textValue() : ""));
    }

    @Override
    public boolean split(JsonNode text, ObjectNode value) {
        URI url;
        try {
            url = new URI(text.asText("").strip());
        } catch (URISyntaxException e) {
            return false;
        }
        if (url.getScheme() == null || url.getHost() == null) {
            return false;
        }
        String protocol = url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        value.put("protocol", protocol);
        value.put("host", host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        value.put("port", url.getPort() == -1 ? defaultPort(protocol) : url.getPort());
        String path = url.getRawPath();
        value.put("path", path == null || path.isEmpty() ? null : path);
        return true;
    }

    private static int defaultPort(String protocol) {
        return protocol.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
}
