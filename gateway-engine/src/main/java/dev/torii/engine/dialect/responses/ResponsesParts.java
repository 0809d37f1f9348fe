package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.Media;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the content of messages and of tools' results: a text, or a list of parts.
final class ResponsesParts {

    private ResponsesParts() {}

    static List<Part> read(JsonNode content, String where) throws UnsayableException {
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw new UnsayableException(where + ": expected a string or an array of parts");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : content) {
            parts.add(part(part, where + "[" + parts.size() + "]"));
        }
        return parts;
    }

    private static Part part(JsonNode part, String where) throws UnsayableException {
        if (!(part instanceof ObjectNode object)) {
            throw new UnsayableException(where + ": expected an object with a type");
        }
        return switch (Fields.text(object, "type")) {
            case "input_text", "output_text", "text" ->
                    new Part.Text(
                            required(object, "text", where),
                            cache(object),
                            ResponsesAnnotations.read(object.path("annotations")));
            case "refusal" -> new Part.Refusal(required(object, "refusal", where));
            case "input_image" -> image(object, where);
            case "input_file" -> file(object, where);
            case "input_audio" -> audio(object.path("input_audio"), where);
            case null -> throw new UnsayableException(where + ".type: expected input_text, …");
            default -> new Part.Opaque(ResponsesDialect.NAME, object);
        };
    }

    private static String required(JsonNode object, String field, String where)
            throws UnsayableException {
        String text = Fields.text(object, field);
        if (text == null) {
            throw new UnsayableException(where + "." + field + ": expected a string");
        }
        return text;
    }

    private static @Nullable CacheHint cache(ObjectNode part) {
        ObjectNode breakpoint = Fields.object(part, "prompt_cache_breakpoint");
        return breakpoint == null ? null : new CacheHint(Fields.text(breakpoint, "ttl"));
    }

    private static Part image(ObjectNode part, String where) throws UnsayableException {
        String id = Fields.text(part, "file_id");
        MediaSource source =
                id == null
                        ? Media.ofUrl(required(part, "image_url", where))
                        : new MediaSource.FileId(ResponsesDialect.FILES, id);
        return new Part.Image(source, Fields.text(part, "detail"), cache(part));
    }

    private static Part file(ObjectNode part, String where) throws UnsayableException {
        return new Part.Document(
                source(part, where), Fields.text(part, "filename"), null, cache(part));
    }

    private static MediaSource source(ObjectNode part, String where) throws UnsayableException {
        String id = Fields.text(part, "file_id");
        if (id != null) {
            return new MediaSource.FileId(ResponsesDialect.FILES, id);
        }
        String url = Fields.text(part, "file_url");
        if (url != null) {
            return Media.ofUrl(url);
        }
        if (Media.ofUrl(required(part, "file_data", where)) instanceof MediaSource.Bytes bytes) {
            return bytes;
        }
        throw new UnsayableException(
                where + ".file_data: expected a data URL, such as data:application/pdf;base64,…");
    }

    private static Part audio(JsonNode audio, String where) throws UnsayableException {
        String format = Objects.requireNonNullElse(Fields.text(audio, "format"), "wav");
        return new Part.Audio(
                new MediaSource.Bytes(
                        "audio/" + format, required(audio, "data", where + ".input_audio")),
                format);
    }
}
