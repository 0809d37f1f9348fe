package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.Violation;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The shorthand `url` of services, which stands for protocol, host, port and path.
final class ServiceRules implements EntityRules {

    private static final String FIELD = "url";

    /// Scheme, what stands before the host, host, port, path. Whatever it is given fits: the fields
    /// that come of it say what is wrong.
    private static final Pattern URL =
            Pattern.compile(
                    "(?:([A-Za-z0-9][A-Za-z0-9+.-]*):)?"
                            + "(?://(?:[^/?#@]*@)?(\\[[^/?#]*]|[^/?#:]*)(?::([^/?#]*))?)?"
                            + "([^?#;]*).*",
                    Pattern.DOTALL);

    private static final Pattern BRACKETS = Pattern.compile("^\\[(.*)]$", Pattern.DOTALL);

    private static final int USUAL_PORT = 80;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

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
        if (url.textValue().isEmpty()) {
            throw wrong("length must be at least 1");
        }
        Matcher parts = URL.matcher(url.textValue());
        if (!parts.matches()) {
            throw new IllegalStateException("every text fits: " + URL);
        }
        String port = given(parts.group(3));
        String protocol = protocol(given(parts.group(1)), port);
        String host = given(parts.group(2));
        service.put("protocol", protocol);
        service.put("host", host == null ? null : BRACKETS.matcher(host).replaceFirst("$1"));
        service.put("path", given(parts.group(4)));
        if (port == null) {
            service.put("port", PORTS.getOrDefault(protocol, USUAL_PORT));
        } else if (port.matches("[0-9]{1,9}")) {
            service.put("port", Integer.parseInt(port));
        } else {
            service.put("port", port);
        }
    }

    private static String protocol(@Nullable String scheme, @Nullable String port) {
        if (scheme != null) {
            return scheme;
        }
        return "443".equals(port) ? "https" : "http";
    }

    private static @Nullable String given(@Nullable String part) {
        return part == null || part.isEmpty() ? null : part;
    }

    private static ProblemException wrong(String message) {
        return Problems.schemaViolation(
                EntitySchemas.of(EntityKind.SERVICES), List.of(Violation.of(message, FIELD)));
    }
}
