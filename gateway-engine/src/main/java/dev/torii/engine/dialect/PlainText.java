package dev.torii.engine.dialect;

import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words in parts, for dialects in which they are all that can be said.
public final class PlainText {

    private PlainText() {}

    /// All words, one part below the other. Thoughts, calls and results are the caller's to say.
    ///
    /// @throws UnsayableException at what has no words
    public static String of(List<Part> parts, Losses losses) throws UnsayableException {
        List<String> words = new ArrayList<>();
        for (Part part : parts) {
            String said = of(part, losses);
            if (said != null && !said.isEmpty()) {
                words.add(said);
            }
        }
        return String.join("\n", words);
    }

    /// The words of one part; null where it has none to say here.
    public static @Nullable String of(Part part, Losses losses) throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var _) -> {
                cached(cache, losses);
                yield text;
            }
            case Part.Refusal(var text) -> {
                losses.approximated("refusal");
                yield text;
            }
            case Part.Data(var json) -> Json.text(json);
            case Part.Document(var source, var name, var title, var cache) -> {
                cached(cache, losses);
                losses.approximated("file");
                String shown = title == null ? name : title;
                yield shown == null ? document(source) : shown + ":\n" + document(source);
            }
            case Part.Image _ ->
                    throw new UnsayableException(
                            "image_url: the model takes no picture here; describe it instead");
            case Part.Audio _ ->
                    throw new UnsayableException(
                            "input_audio: the model takes no sound; send a transcript instead");
            case Part.Opaque(var _, var json) -> {
                losses.dropped("content of type " + json.path("type").asText("unknown"));
                yield null;
            }
            case Part.ToolCall _, Part.ToolResult _, Part.Thinking _ -> null;
        };
    }

    /// Counts a mark that the dialect has no word for.
    public static void cached(@Nullable CacheHint cache, Losses losses) {
        losses.droppedIf(cache != null, "cache_control");
    }

    /// What a document says, where it is a plain text.
    ///
    /// @throws UnsayableException for any other
    public static String document(MediaSource source) throws UnsayableException {
        if (source instanceof MediaSource.Bytes(var mime, var base64)
                && (mime.startsWith("text/") || mime.equals("application/json"))) {
            try {
                return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new UnsayableException("file.file_data: expected base64");
            }
        }
        throw new UnsayableException(
                "file: the model takes texts, but no other documents; send the text in it");
    }
}
