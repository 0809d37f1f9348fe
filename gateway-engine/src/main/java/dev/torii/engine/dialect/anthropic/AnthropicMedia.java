package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
        block.set("source", json(source));
        AnthropicCache.mark(block, cache);
        return block;
    }

    private ObjectNode json(MediaSource source) throws UnsayableException {
        return switch (source) {
            case MediaSource.Url(var url) -> {
                if (!host.fetches()) {
                    throw new UnsayableException(
                            "url: the model's host fetches nothing; send the content as base64"
                                    + " instead");
                }
                yield Json.object().put("type", "url").put("url", url);
            }
            case MediaSource.Bytes(var mime, var base64) -> bytes(mime, base64);
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

    /// A text is said as text: in base64 Anthropic takes pictures and PDF alone.
    private static ObjectNode bytes(String mime, String base64) throws UnsayableException {
        if (!mime.startsWith("text/")) {
            return Json.object().put("type", "base64").put("media_type", mime).put("data", base64);
        }
        try {
            byte[] text = Base64.getDecoder().decode(base64);
            return Json.object()
                    .put("type", "text")
                    .put("media_type", "text/plain")
                    .put("data", new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UnsayableException("file_data: expected base64 behind " + mime);
        }
    }
}
