package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Media;
import dev.torii.engine.dialect.PlainText;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.MediaSource;
import org.jspecify.annotations.Nullable;

/// Writes pictures and documents.
final class AnthropicMedia {

    private final AnthropicHost host;

    AnthropicMedia(AnthropicHost host) {
        this.host = host;
    }

    ObjectNode block(String type, MediaSource source, @Nullable CacheHint cache)
            throws UnsayableException {
        ObjectNode block = Json.object().put("type", type);
        block.set("source", json(type, source));
        AnthropicCache.mark(block, cache);
        return block;
    }

    private ObjectNode json(String type, MediaSource source) throws UnsayableException {
        return switch (source) {
            case MediaSource.Url(var url) -> {
                if (!host.fetches()) {
                    throw new UnsayableException(
                            "url: the model's host fetches nothing; send the content as base64"
                                    + " instead");
                }
                yield Json.object().put("type", "url").put("url", url);
            }
            case MediaSource.Bytes bytes -> type.equals("image") ? picture(bytes) : document(bytes);
            case MediaSource.FileId(var dialect, var id) -> {
                if (!host.fetches() || !dialect.equals(AnthropicDialect.NAME)) {
                    throw new UnsayableException(
                            "file_id: the file lies with another provider; send its content"
                                    + " instead");
                }
                yield Json.object().put("type", "file").put("file_id", id);
            }
        };
    }

    private static ObjectNode picture(MediaSource.Bytes picture) {
        String seen = Media.picture(picture.base64());
        return base64(seen == null ? picture.mimeType() : "image/" + seen, picture.base64());
    }

    /// A text is said as text: in base64 Anthropic takes pictures and PDF alone.
    private static ObjectNode document(MediaSource.Bytes document) throws UnsayableException {
        String mime = document.mimeType();
        return mime.startsWith("text/") || mime.equals("application/json")
                ? Json.object()
                        .put("type", "text")
                        .put("media_type", "text/plain")
                        .put("data", PlainText.document(document))
                : base64(mime, document.base64());
    }

    private static ObjectNode base64(String mime, String data) {
        return Json.object().put("type", "base64").put("media_type", mime).put("data", data);
    }
}
