package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Media;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes pictures, sounds and documents: their bytes, or where in S3 they are. Bedrock fetches
/// nothing from the web.
final class BedrockMedia {

    private static final Map<String, String> IMAGES =
            Map.of("png", "png", "jpeg", "jpeg", "jpg", "jpeg", "gif", "gif", "webp", "webp");

    private static final Map<String, String> SOUNDS =
            Map.ofEntries(
                    Map.entry("mp3", "mp3"),
                    Map.entry("mpeg", "mp3"),
                    Map.entry("wav", "wav"),
                    Map.entry("x-wav", "wav"),
                    Map.entry("wave", "wav"),
                    Map.entry("flac", "flac"),
                    Map.entry("x-flac", "flac"),
                    Map.entry("ogg", "ogg"),
                    Map.entry("opus", "opus"),
                    Map.entry("aac", "aac"),
                    Map.entry("mp4", "mp4"),
                    Map.entry("m4a", "m4a"),
                    Map.entry("x-m4a", "m4a"),
                    Map.entry("webm", "webm"),
                    Map.entry("pcm", "pcm"),
                    Map.entry("pcm16", "pcm"));

    private static final Map<String, String> DOCUMENTS =
            Map.ofEntries(
                    Map.entry("application/pdf", "pdf"),
                    Map.entry("text/csv", "csv"),
                    Map.entry("application/msword", "doc"),
                    Map.entry(
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            "docx"),
                    Map.entry("application/vnd.ms-excel", "xls"),
                    Map.entry(
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            "xlsx"),
                    Map.entry("text/html", "html"),
                    Map.entry("text/plain", "txt"),
                    Map.entry("text/markdown", "md"));

    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    static ObjectNode image(MediaSource source) throws UnsayableException {
        ObjectNode block = Json.object();
        ObjectNode image = block.putObject("image");
        String format =
                switch (source) {
                    case MediaSource.Bytes(var mime, var base64) -> {
                        String seen = Media.picture(base64);
                        yield seen == null ? IMAGES.get(subtype(mime)) : seen;
                    }
                    case MediaSource.Url(var url) -> IMAGES.get(ending(url));
                    case MediaSource.FileId _ -> null;
                };
        return finished(block, image, "image_url", format, "png, jpeg, gif or webp", source);
    }

    static ObjectNode audio(Part.Audio audio) throws UnsayableException {
        ObjectNode block = Json.object();
        String format = SOUNDS.get(audio.format().toLowerCase(Locale.ROOT));
        return finished(
                block,
                block.putObject("audio"),
                "input_audio",
                format,
                "wav, mp3, flac, ogg, opus, aac, m4a, mp4, webm or pcm",
                audio.source());
    }

    ObjectNode document(Part.Document document) throws UnsayableException {
        ObjectNode block = Json.object();
        String name = document.filename() == null ? document.title() : document.filename();
        String format =
                document.source() instanceof MediaSource.Bytes(var mime, var _)
                        ? format(mime.toLowerCase(Locale.ROOT).replaceFirst(";.*", ""))
                        : null;
        if (format == null) {
            String ending =
                    ending(
                            document.source() instanceof MediaSource.Url(var url)
                                    ? url
                                    : name == null ? "" : name);
            format = DOCUMENTS.containsValue(ending) ? ending : null;
        }
        ObjectNode json = block.putObject("document");
        finished(
                block,
                json,
                "file",
                format,
                "a PDF, CSV, Word, Excel, HTML, Markdown or plain text",
                document.source());
        json.put("name", unique(name(document.title() == null ? name : document.title())));
        return block;
    }

    /// Texts of all other kinds are plain ones.
    private static @Nullable String format(String mime) {
        boolean text = mime.startsWith("text/") || mime.equals("application/json");
        return DOCUMENTS.getOrDefault(mime, text ? "txt" : null);
    }

    private static ObjectNode finished(
            ObjectNode block,
            ObjectNode media,
            String field,
            @Nullable String format,
            String expected,
            MediaSource source)
            throws UnsayableException {
        ObjectNode from = Json.object();
        switch (source) {
            case MediaSource.Bytes(var _, var base64) -> from.put("bytes", base64);
            case MediaSource.Url(var url) -> {
                if (!url.startsWith("s3://")) {
                    throw new UnsayableException(
                            field
                                    + ": Bedrock fetches nothing from the web; send the content"
                                    + " instead, or an s3: address");
                }
                from.putObject("s3Location").put("uri", url);
            }
            case MediaSource.FileId _ ->
                    throw new UnsayableException(
                            field
                                    + ": the file lies with another provider; send its content"
                                    + " instead");
        }
        if (format == null) {
            throw new UnsayableException(field + ": expected " + expected);
        }
        media.put("format", format);
        media.set("source", from);
        return block;
    }

    private static String subtype(String mime) {
        return mime.toLowerCase(Locale.ROOT).replaceFirst(";.*", "").replaceFirst(".*/", "");
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// English letters, digits, single blanks, hyphens and brackets are all that a name may have.
    private static String name(@Nullable String given) {
        if (given == null) {
            return "document";
        }
        String plain = given.replaceAll("[^A-Za-z0-9()\\[\\]-]+", " ").strip();
        return plain.isEmpty() ? "document" : plain.substring(0, Math.min(190, plain.length()));
    }

    /// Each document of a request has a name of its own.
    private String unique(String name) {
        String tried = name;
        while (!names.add(tried)) {
            tried = name + " " + numbers.merge(name, 2, (last, _) -> last + 1);
        }
        return tried;
    }
}
