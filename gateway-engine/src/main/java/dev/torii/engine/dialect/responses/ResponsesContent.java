package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import org.jspecify.annotations.Nullable;

/// Writes the content of messages and of tools' results.
final class ResponsesContent {

    private final Losses losses;

    ResponsesContent(Losses losses) {
        this.losses = losses;
    }

    /// A part as it stands in `content`.
    ///
    /// @param assistant whether the model says it
    /// @return null for what is left out
    @Nullable ObjectNode part(Part part, boolean assistant) throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var annotations) -> {
                losses.droppedIf(cache != null, "cache_control");
                ObjectNode written = text(text, assistant);
                if (assistant && !annotations.isEmpty()) {
                    written.set("annotations", ResponsesAnnotations.json(annotations));
                }
                yield written;
            }
            case Part.Refusal(var text) -> ResponsesItems.refusal(text);
            case Part.Data(var json) -> text(Json.text(json), assistant);
            case Part.Image(var source, var detail, var cache) -> {
                losses.droppedIf(cache != null, "cache_control");
                yield image(source, detail);
            }
            case Part.Document document -> file(document);
            case Part.Audio _ ->
                    throw new UnsayableException(
                            "input_audio: the model takes no sound here; send a transcript"
                                    + " instead");
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(ResponsesDialect.NAME)) {
                    yield json;
                }
                losses.dropped("content of type " + json.path("type").asText("unknown"));
                yield null;
            }
            case Part.Thinking _, Part.ToolCall _, Part.ToolResult _ ->
                    throw new IllegalArgumentException("an item of its own");
        };
    }

    static ObjectNode text(String text, boolean assistant) {
        return Json.object()
                .put("type", assistant ? "output_text" : "input_text")
                .put("text", text);
    }

    private static ObjectNode image(MediaSource source, @Nullable String detail)
            throws UnsayableException {
        ObjectNode part = Json.object().put("type", "input_image");
        switch (source) {
            case MediaSource.Url(var url) -> part.put("image_url", url);
            case MediaSource.Bytes bytes -> part.put("image_url", bytes.dataUrl());
            case MediaSource.FileId file -> part.put("file_id", id(file));
        }
        return detail == null ? part : part.put("detail", detail);
    }

    private ObjectNode file(Part.Document document) throws UnsayableException {
        losses.droppedIf(document.cache() != null, "cache_control");
        ObjectNode part = Json.object().put("type", "input_file");
        switch (document.source()) {
            case MediaSource.Url(var url) -> part.put("file_url", url);
            case MediaSource.FileId file -> part.put("file_id", id(file));
            case MediaSource.Bytes bytes ->
                    part.put("filename", name(document, bytes.mimeType()))
                            .put("file_data", bytes.dataUrl());
        }
        return part;
    }

    /// OpenAI wants to know what to call a file that is sent to it.
    private static String name(Part.Document document, String mimeType) {
        if (document.filename() != null) {
            return document.filename();
        }
        if (document.title() != null) {
            return document.title();
        }
        return mimeType.equals("application/pdf") ? "document.pdf" : "document.txt";
    }

    private static String id(MediaSource.FileId file) throws UnsayableException {
        if (!file.dialect().equals(ResponsesDialect.FILES)) {
            throw new UnsayableException(
                    "file_id: the file lies with another provider; send its content instead");
        }
        return file.id();
    }
}
