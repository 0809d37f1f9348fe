package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatProfile.Feature;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the `content` of a message: a string where it is one text, an array of parts otherwise.
final class ChatContent {

    private final ChatProfile profile;
    private final Losses losses;

    ChatContent(ChatProfile profile, Losses losses) {
        this.profile = profile;
        this.losses = losses;
    }

    /// Null where no part can be said.
    @Nullable JsonNode of(List<Part> parts) throws UnsayableException {
        List<ObjectNode> written = new ArrayList<>();
        for (Part part : parts) {
            ObjectNode json = part(part);
            if (json != null) {
                written.add(json);
            }
        }
        if (written.isEmpty()) {
            return null;
        }
        boolean texts = written.stream().allMatch(ChatContent::isPlainText);
        if (texts && (written.size() == 1 || !profile.has(Feature.TEXT_PARTS))) {
            return TextNode.valueOf(
                    String.join(
                            "\n\n",
                            written.stream().map(json -> json.path("text").textValue()).toList()));
        }
        ArrayNode array = Json.array();
        written.forEach(array::add);
        return array;
    }

    private static boolean isPlainText(ObjectNode part) {
        return part.size() == 2 && part.path("text").isTextual();
    }

    @Nullable ObjectNode part(Part part) throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var _) -> mark(text(text), cache);
            case Part.Refusal(var text) -> text(text);
            case Part.Data(var json) -> text(Json.text(json));
            case Part.Image(var source, var detail, var cache) ->
                    mark(image(source, detail), cache);
            case Part.Audio(var source, var format) -> audio(source, format);
            case Part.Document document -> mark(document(document), document.cache());
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(ChatDialect.NAME) && profile.has(Feature.UNKNOWN_FIELDS)) {
                    yield json;
                }
                losses.dropped("content of type " + json.path("type").asText("unknown"));
                yield null;
            }
            case Part.Thinking _ -> {
                losses.dropped("thinking");
                yield null;
            }
            case Part.ToolCall _ -> {
                losses.dropped("tool call");
                yield null;
            }
            case Part.ToolResult _ -> {
                losses.dropped("tool result");
                yield null;
            }
        };
    }

    /// What of these can be read, one below the other.
    String text(List<Part> parts) {
        List<String> texts = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text, var _, var _) -> texts.add(text);
                case Part.Refusal(var text) -> texts.add(text);
                case Part.Data(var json) -> texts.add(Json.text(json));
                case Part.Opaque(var _, var json) ->
                        losses.dropped("content of type " + json.path("type").asText("unknown"));
                default -> {}
            }
        }
        return String.join("\n", texts);
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private ObjectNode mark(ObjectNode json, @Nullable CacheHint cache) {
        mark(json, cache, profile, losses);
        return json;
    }

    static void mark(
            ObjectNode json, @Nullable CacheHint cache, ChatProfile profile, Losses losses) {
        if (cache == null) {
            return;
        }
        if (!profile.has(Feature.CACHE_CONTROL)) {
            losses.dropped("cache_control");
            return;
        }
        ObjectNode control = json.putObject("cache_control").put("type", "ephemeral");
        if (cache.ttl() != null) {
            control.put("ttl", cache.ttl());
        }
    }

    private static ObjectNode image(MediaSource source, @Nullable String detail)
            throws UnsayableException {
        ObjectNode json = Json.object().put("type", "image_url");
        ObjectNode image = json.putObject("image_url").put("url", url(source));
        if (detail != null) {
            image.put("detail", detail);
        }
        return json;
    }

    private static String url(MediaSource source) throws UnsayableException {
        return switch (source) {
            case MediaSource.Url(var url) -> url;
            case MediaSource.Bytes bytes -> bytes.dataUrl();
            case MediaSource.FileId _ -> throw elsewhere();
        };
    }

    private static UnsayableException elsewhere() {
        return new UnsayableException(
                "file_id: the file lies with another provider; send its content instead");
    }

    private static ObjectNode audio(MediaSource source, String format) throws UnsayableException {
        if (!(source instanceof MediaSource.Bytes(var _, var base64))) {
            throw new UnsayableException("audio: send the sound itself instead of its address");
        }
        ObjectNode json = Json.object().put("type", "input_audio");
        json.putObject("input_audio").put("data", base64).put("format", format);
        return json;
    }

    private ObjectNode document(Part.Document document) throws UnsayableException {
        String name = document.filename() == null ? document.title() : document.filename();
        if (document.source() instanceof MediaSource.Bytes(var mime, var base64)
                && mime.startsWith("text/")) {
            return readable(name, base64);
        }
        if (profile.has(Feature.DOCUMENT_URLS)) {
            return Json.object()
                    .put("type", "document_url")
                    .put("document_url", url(document.source()));
        }
        if (!profile.has(Feature.FILES)) {
            throw new UnsayableException(
                    "document: the model reads no files; send its text instead");
        }
        ObjectNode json = Json.object().put("type", "file");
        ObjectNode file = json.putObject("file");
        // A file without a name is refused.
        String called = name == null ? "document" : name;
        switch (document.source()) {
            case MediaSource.FileId(var dialect, var id) when dialect.equals(ChatDialect.NAME) ->
                    file.put("file_id", id);
            case MediaSource.Bytes bytes ->
                    file.put("filename", called).put("file_data", bytes.dataUrl());
            case MediaSource.Url(var url) when profile.has(Feature.FILE_URLS) ->
                    file.put("filename", called).put("file_data", url);
            case MediaSource.FileId _ -> throw elsewhere();
            case MediaSource.Url _ ->
                    throw new UnsayableException(
                            "document: send the file itself instead of its address");
        }
        return json;
    }

    /// A file of text is a text with a name.
    private ObjectNode readable(@Nullable String name, String base64) throws UnsayableException {
        losses.approximated("document");
        try {
            String text = new String(Base64.getDecoder().decode(base64), UTF_8);
            return text(name == null ? text : name + "\n\n" + text);
        } catch (IllegalArgumentException e) {
            throw new UnsayableException("document: expected its content in base64");
        }
    }
}
