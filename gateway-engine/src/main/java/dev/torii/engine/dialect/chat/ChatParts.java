package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.Media;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the parts of a message's content.
final class ChatParts {

    private ChatParts() {}

    static Part read(JsonNode part, String where) throws UnsayableException {
        if (!(part instanceof ObjectNode object)) {
            throw new UnsayableException(where + ": expected an object with a type");
        }
        return switch (Fields.text(object, "type")) {
            case "text", "input_text", "output_text" ->
                    new Part.Text(required(object, "text", where), cache(object), List.of());
            case "refusal" -> new Part.Refusal(required(object, "refusal", where));
            case "image_url" -> image(object, where);
            case "input_audio" -> audio(object.path("input_audio"), where);
            case "file" -> file(object.path("file"), where);
            case null -> throw new UnsayableException(where + ".type: expected text, image_url, …");
            default -> new Part.Opaque(ChatDialect.NAME, object);
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

    /// Anthropic's mark, which servers that copy this dialect pass to Claude.
    private static @Nullable CacheHint cache(ObjectNode part) {
        ObjectNode control = Fields.object(part, "cache_control");
        return control == null ? null : new CacheHint(Fields.text(control, "ttl"));
    }

    private static Part image(ObjectNode part, String where) throws UnsayableException {
        JsonNode image = part.path("image_url");
        String url =
                image.isTextual()
                        ? image.textValue()
                        : required(image, "url", where + ".image_url");
        return new Part.Image(Media.ofUrl(url), Fields.text(image, "detail"), cache(part));
    }

    private static Part audio(JsonNode audio, String where) throws UnsayableException {
        String format = Objects.requireNonNullElse(Fields.text(audio, "format"), "wav");
        return new Part.Audio(
                new MediaSource.Bytes(
                        "audio/" + format, required(audio, "data", where + ".input_audio")),
                format);
    }

    private static Part file(JsonNode file, String where) throws UnsayableException {
        String id = Fields.text(file, "file_id");
        MediaSource source =
                id == null
                        ? Media.ofUrl(required(file, "file_data", where + ".file"))
                        : new MediaSource.FileId(ChatDialect.NAME, id);
        return new Part.Document(source, Fields.text(file, "filename"), null, null);
    }
}
