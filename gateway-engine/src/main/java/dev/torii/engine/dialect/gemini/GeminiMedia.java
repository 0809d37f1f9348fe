package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.MediaSource;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/// `inlineData` and `fileData`: pictures, sounds and documents are one to Gemini, told apart by
/// their type.
final class GeminiMedia {

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("txt", "text/plain"),
                    Map.entry("md", "text/markdown"),
                    Map.entry("csv", "text/csv"),
                    Map.entry("html", "text/html"),
                    Map.entry("mp3", "audio/mp3"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("flac", "audio/flac"),
                    Map.entry("mp4", "video/mp4"));

    private GeminiMedia() {}

    /// @param usual the type of a file whose name does not tell
    static ObjectNode json(MediaSource source, String usual) throws UnsayableException {
        return switch (source) {
            case MediaSource.Bytes(var type, var base64) -> {
                ObjectNode json = Json.object();
                json.putObject("inlineData")
                        .put("mimeType", type.isEmpty() ? usual : type)
                        .put("data", base64);
                yield json;
            }
            case MediaSource.Url(var url) -> file(url, typeOf(url, usual));
            case MediaSource.FileId(var dialect, var uri) -> {
                if (!dialect.equals(GeminiDialect.NAME)) {
                    throw new UnsayableException(
                            "file_id: the file lies with another provider; send its content"
                                    + " instead");
                }
                yield file(uri, typeOf(uri, usual));
            }
        };
    }

    private static ObjectNode file(String uri, String type) {
        ObjectNode json = Json.object();
        json.putObject("fileData").put("mimeType", type).put("fileUri", uri);
        return json;
    }

    private static String typeOf(String url, String usual) {
        String path;
        try {
            path = URI.create(url).getPath();
        } catch (IllegalArgumentException e) {
            return usual;
        }
        if (path == null) {
            return usual;
        }
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, usual);
    }
}
