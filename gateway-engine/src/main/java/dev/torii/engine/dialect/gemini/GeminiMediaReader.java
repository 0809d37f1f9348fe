package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads `inlineData` and `fileData`.
final class GeminiMediaReader {

    /// Where files lie that were given to Google before; nobody else can get them.
    private static final String FILES = "https://generativelanguage.googleapis.com/";

    private GeminiMediaReader() {}

    /// Null for what is neither a picture, a sound nor a document.
    static @Nullable Part read(ObjectNode part) {
        ObjectNode data = GeminiFields.object(part, "inlineData");
        ObjectNode file = GeminiFields.object(part, "fileData");
        if (data != null) {
            String type = type(data);
            String base64 = GeminiFields.text(data, "data");
            return base64 == null
                    ? null
                    : part(type, new MediaSource.Bytes(type, base64), name(data));
        }
        if (file != null) {
            String uri = GeminiFields.text(file, "fileUri");
            return uri == null ? null : part(type(file), source(uri), name(file));
        }
        return null;
    }

    private static MediaSource source(String uri) {
        return uri.startsWith(FILES)
                ? new MediaSource.FileId(GeminiDialect.NAME, uri)
                : new MediaSource.Url(uri);
    }

    private static String type(JsonNode data) {
        return Objects.requireNonNullElse(GeminiFields.text(data, "mimeType"), "");
    }

    private static @Nullable String name(JsonNode data) {
        return GeminiFields.text(data, "displayName");
    }

    private static @Nullable Part part(
            String type, MediaSource source, @Nullable String displayName) {
        if (type.startsWith("image/")) {
            return new Part.Image(source, null, null);
        }
        if (type.startsWith("audio/")) {
            return new Part.Audio(source, type.substring("audio/".length()));
        }
        if (type.startsWith("video/")) {
            return null;
        }
        return new Part.Document(source, displayName, null, null);
    }
}
