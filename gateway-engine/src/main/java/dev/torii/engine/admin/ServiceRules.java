package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// The shorthand `url` of services, which stands for protocol, host, port and path.
final class ServiceRules implements EntityRules {

    private static final String FIELD = "url";

    /// Spells the shorthand out in place. It wins over the four fields, and a URL without a path
    /// clears the path.
    @Override
    public void expand(ObjectNode service) {
        JsonNode url = service.remove(FIELD);
        if (url == null || url.isNull()) {
            return;
        }
        if (!url.isTextual()) {
            throw wrong("expected a string");
        }
        URI uri = parse(url.textValue());
        String host = uri.getHost();
        if (host == null) {
            throw wrong("missing host in url");
        }
        int port = uri.getPort();
        String scheme = scheme(uri, port);
        service.put("protocol", scheme);
        service.put("host", host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        service.put("port", port >= 0 ? port : scheme.equals("https") ? 443 : 80);
        String path = uri.getRawPath();
        service.put("path", path == null || path.isEmpty() ? null : path);
    }

    private static String scheme(URI uri, int port) {
        if (uri.getScheme() != null) {
            return uri.getScheme();
        }
        return port == 443 ? "https" : "http";
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong("could not parse url. " + e.getReason());
        }
    }

    private static ProblemException wrong(String message) {
        return Problems.schemaViolation(
                EntitySchemas.of(EntityKind.SERVICES), List.of(Violation.of(message, FIELD)));
    }
}
