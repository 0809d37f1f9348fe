package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a request's body: JSON, a form, or a multipart form.
final class BodyReader {

    /// Kong's limit, 10 MB.
    static final int MAX_BODY = 10 * 1024 * 1024;

    private BodyReader() {}

    /// @throws ProblemException 413 for a body that is too large, 415 for one of another type, 400
    ///   for one that is not what its type says
    static Input read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_BODY) {
            throw tooLarge();
        }
        var types = request.getHeaders("Content-Type");
        String type = types.hasMoreElements() ? types.nextElement() : null;
        if (types.hasMoreElements()) {
            throw Problems.plain(400, "only one Content-Type header is allowed");
        }
        return switch (mediaType(type)) {
            case "application/json" -> json(bytes(request));
            case "application/x-www-form-urlencoded" -> form(text(bytes(request)));
            case "multipart/form-data" -> multipart(request);
            default -> nothing(request);
        };
    }

    /// In lower case, without parameters; empty for none.
    static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Input nothing(HttpServletRequest request) throws IOException {
        if (bytes(request).length > 0 || request.getContentType() != null) {
            throw new ProblemException(new Answer(415, null));
        }
        return new Input.Json(Json.object());
    }

    private static byte[] bytes(HttpServletRequest request) throws IOException {
        return bytes(request, MAX_BODY, BodyReader::tooLarge);
    }

    static byte[] bytes(HttpServletRequest request, int most, Supplier<ProblemException> tooLarge)
            throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw tooLarge.get();
        }
        return bytes;
    }

    private static ProblemException tooLarge() {
        return Problems.plain(413, "Request body too large: the Admin API takes up to 10 MB");
    }

    private static Input json(byte[] bytes) {
        try {
            JsonNode node = Json.parse(bytes);
            if (!(node instanceof ObjectNode object)) {
                throw notJson("expected an object: { … }");
            }
            if (!isWritable(object)) {
                throw notJson("an escape spells half of a character");
            }
            return new Input.Json(object);
        } catch (MalformedJsonException e) {
            throw notJson(String.valueOf(e.getMessage()));
        }
    }

    /// Kong's words, and beside them where to look; nothing of the body, which may hold secrets.
    static ProblemException notJson(String detail) {
        return new ProblemException(
                new Answer(
                        400,
                        Json.object()
                                .put("message", "Cannot parse JSON body")
                                .put("detail", detail)));
    }

    /// Escapes in JSON can spell half of a character, which no UTF-8 answer could hold.
    private static boolean isWritable(JsonNode node) {
        if (node.isTextual()) {
            return isWritable(node.textValue());
        }
        for (JsonNode child : node) {
            if (!isWritable(child)) {
                return false;
            }
        }
        return node.propertyStream().allMatch(entry -> isWritable(entry.getKey()));
    }

    private static boolean isWritable(String text) {
        return text.codePoints()
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static Input form(String encoded) {
        var tree = new FormTree();
        UrlEncoded.arguments(encoded).forEach(field -> tree.add(field.getKey(), field.getValue()));
        return new Input.Form(tree);
    }

    private static Input multipart(HttpServletRequest request) throws IOException {
        var tree = new FormTree();
        for (Part part : parts(request)) {
            tree.add(part.getName(), text(part.getInputStream().readAllBytes()));
        }
        return new Input.Form(tree);
    }

    static Collection<Part> parts(HttpServletRequest request) throws IOException {
        try {
            return request.getParts();
        } catch (ServletException | IllegalStateException e) {
            throw Problems.plain(
                    400, isTooMany(e) ? UrlEncoded.TOO_MANY : "Cannot parse multipart body");
        }
    }

    /// Jetty's limit is that of [UrlEncoded]; only its message tells it from other faults.
    private static boolean isTooMany(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).startsWith("Form with too many keys")) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] bytes) {
        return text(bytes, "Cannot parse form body");
    }

    /// @param otherwise what is said of bytes that are no UTF-8
    static String text(byte[] bytes, String otherwise) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Problems.plain(400, otherwise);
        }
    }
}
