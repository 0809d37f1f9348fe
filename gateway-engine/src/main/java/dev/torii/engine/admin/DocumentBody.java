package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// A request's body that is a configuration, or a form or JSON object with one in its field
/// `config`.
///
/// @param text the configuration; empty when there is none
/// @param options the other fields
record DocumentBody(String text, Map<String, String> options) {

    /// Configurations are larger than entities.
    static final int MAX_BODY = 64 * 1024 * 1024;

    private static final String CONFIG = "config";

    static DocumentBody read(HttpServletRequest request) throws IOException {
        String media = BodyReader.mediaType(request.getContentType());
        return switch (media) {
            case "application/json" -> json(text(request));
            case "application/x-www-form-urlencoded" -> form(text(request));
            case "multipart/form-data" -> multipart(request);
            case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml" ->
                    new DocumentBody(text(request), Map.of());
            default -> {
                String text = text(request);
                if (!text.isEmpty() || !media.isEmpty()) {
                    throw new ProblemException(new Answer(415, null));
                }
                yield new DocumentBody("", Map.of());
            }
        };
    }

    private static DocumentBody json(String text) {
        if (text.isBlank()) {
            return new DocumentBody("", Map.of());
        }
        try {
            if (Json.parse(text) instanceof ObjectNode object
                    && !object.has("_format_version")
                    && object.path(CONFIG).isTextual()) {
                Map<String, String> options = new HashMap<>();
                object.properties().forEach(e -> options.put(e.getKey(), e.getValue().asText()));
                options.remove(CONFIG);
                return new DocumentBody(object.path(CONFIG).textValue(), options);
            }
            return new DocumentBody(text, Map.of());
        } catch (MalformedJsonException e) {
            throw BodyReader.notJson(String.valueOf(e.getMessage()));
        }
    }

    /// Tools send a file under the type of a form when they are not told another.
    private static DocumentBody form(String text) {
        if (text.contains("_format_version") && !text.startsWith(CONFIG + "=")) {
            return new DocumentBody(text, Map.of());
        }
        Map<String, String> options = new HashMap<>();
        UrlEncoded.arguments(text)
                .forEach(argument -> options.put(argument.getKey(), argument.getValue()));
        String config = options.remove(CONFIG);
        return new DocumentBody(config == null ? text : config, options);
    }

    private static DocumentBody multipart(HttpServletRequest request) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (Part part : BodyReader.parts(request)) {
            options.put(part.getName(), decoded(part.getInputStream().readAllBytes()));
        }
        String config = options.remove(CONFIG);
        return new DocumentBody(config == null ? "" : config, options);
    }

    private static String text(HttpServletRequest request) throws IOException {
        return decoded(BodyReader.bytes(request, MAX_BODY, DocumentBody::tooLarge));
    }

    private static ProblemException tooLarge() {
        return Problems.plain(413, "Request body too large: a configuration may have up to 64 MB");
    }

    private static String decoded(byte[] bytes) {
        return BodyReader.text(bytes, "the body is no text in UTF-8");
    }

    /// The secrets in it do not belong in a log.
    @Override
    public String toString() {
        return "DocumentBody";
    }
}
