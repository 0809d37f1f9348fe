package dev.torii.engine.dialect.anthropic;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads content blocks of a request. What a part has no words for is kept in the extras of its
/// message.
final class AnthropicPartReader {

    private static final Set<String> TEXT = Set.of("type", "text", "cache_control");
    private static final Set<String> IMAGE = Set.of("type", "source", "cache_control");
    private static final Set<String> DOCUMENT = Set.of("type", "source", "title", "cache_control");
    private static final Set<String> CALL = Set.of("type", "id", "name", "input");
    private static final Set<String> RESULT =
            Set.of("type", "tool_use_id", "content", "is_error", "cache_control");
    private static final Set<String> CACHE = Set.of("type", "ttl");

    private final AnthropicExtras extras;

    AnthropicPartReader(AnthropicExtras extras) {
        this.extras = extras;
    }

    /// The parts that stand in a `content`: an array of blocks, or a text.
    ///
    /// @param within the place of the block that this content is of, with a dot; or empty
    List<Part> content(JsonNode content, String where, String within) throws UnsayableException {
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw new UnsayableException(where + ": expected a string or an array of blocks");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            Part part = read(content.get(i), where + "[" + i + "]", within + parts.size());
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// Reads one block.
    ///
    /// @param place of the part in its message
    /// @return null for a thought of which nothing is left
    @Nullable Part read(JsonNode node, String where, String place) throws UnsayableException {
        if (!(node instanceof ObjectNode block)) {
            throw new UnsayableException(where + ": expected an object with a type");
        }
        return switch (Fields.text(block, "type")) {
            case "text" -> text(block, where, place);
            case "image" -> image(block, place);
            case "document" -> document(block, place);
            case "tool_use" -> call(block, where, place);
            case "tool_result" -> result(block, where, place);
            case "thinking" -> thought(block);
            case "redacted_thinking" ->
                    thought("", textOrEmpty(block, "data"), Seal.Kind.ENCRYPTED);
            case "search_result" -> found(block, place);
            case null ->
                    throw new UnsayableException(
                            where + ".type: expected text, image, tool_use, tool_result, …");
            default -> new Part.Opaque(AnthropicDialect.NAME, block);
        };
    }

    private Part text(ObjectNode block, String where, String place) throws UnsayableException {
        extras.keepOthers("text", place, block, TEXT);
        return new Part.Text(
                required(block, "text", where), cache("text", block, place), List.of());
    }

    private static String required(ObjectNode block, String field, String where)
            throws UnsayableException {
        String text = Fields.text(block, field);
        if (text == null) {
            throw new UnsayableException(where + "." + field + ": expected a string");
        }
        return text;
    }

    private @Nullable CacheHint cache(String type, ObjectNode block, String place) {
        ObjectNode control = Fields.object(block, "cache_control");
        if (control == null) {
            return null;
        }
        for (var field : control.properties()) {
            if (!CACHE.contains(field.getKey())) {
                extras.keep(type, "cache_control", place, control);
            }
        }
        return new CacheHint(Fields.text(control, "ttl"));
    }

    private Part image(ObjectNode block, String place) {
        MediaSource source = source(block.path("source"));
        if (source == null) {
            return new Part.Opaque(AnthropicDialect.NAME, block);
        }
        extras.keepOthers("image", place, block, IMAGE);
        return new Part.Image(source, null, cache("image", block, place));
    }

    private Part document(ObjectNode block, String place) {
        MediaSource source = source(block.path("source"));
        if (source == null && textOf(block.at("/source/content")).isEmpty()) {
            return new Part.Opaque(AnthropicDialect.NAME, block);
        }
        if (source == null) {
            extras.keep("document", "source", place, block.path("source"));
            source = plainText(textOf(block.at("/source/content")));
        }
        extras.keepOthers("document", place, block, DOCUMENT);
        return new Part.Document(
                source, null, Fields.text(block, "title"), cache("document", block, place));
    }

    private static @Nullable MediaSource source(JsonNode source) {
        return switch (Fields.text(source, "type")) {
            case "base64" ->
                    new MediaSource.Bytes(
                            textOrEmpty(source, "media_type"), textOrEmpty(source, "data"));
            case "text" -> plainText(textOrEmpty(source, "data"));
            case "url" -> new MediaSource.Url(textOrEmpty(source, "url"));
            case "file" ->
                    new MediaSource.FileId(AnthropicDialect.NAME, textOrEmpty(source, "file_id"));
            case null, default -> null;
        };
    }

    private static MediaSource plainText(String text) {
        return new MediaSource.Bytes(
                "text/plain",
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String textOf(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(block -> texts.add(textOrEmpty(block, "text")));
        return String.join("\n", texts);
    }

    /// A hit of a search that the client made: text to all others.
    private Part found(ObjectNode block, String place) {
        extras.keepWhole("search_result", place, block);
        String text =
                String.join(
                        "\n",
                        textOrEmpty(block, "title"),
                        textOrEmpty(block, "source"),
                        textOf(block.path("content")));
        return new Part.Text(text, cache("search_result", block, place), List.of());
    }

    private Part call(ObjectNode block, String where, String place) throws UnsayableException {
        extras.keepOthers("tool_use", place, block, CALL);
        JsonNode input = block.path("input");
        return new Part.ToolCall(
                required(block, "id", where),
                required(block, "name", where),
                input.isObject() ? Json.text(input) : "{}",
                false,
                null);
    }

    private Part result(ObjectNode block, String where, String place) throws UnsayableException {
        extras.keepOthers("tool_result", place, block, RESULT);
        JsonNode content = block.path("content");
        boolean empty = content.isMissingNode() || content.isNull();
        return new Part.ToolResult(
                required(block, "tool_use_id", where),
                null,
                empty ? List.of() : content(content, where + ".content", place + "."),
                block.path("is_error").booleanValue(),
                cache("tool_result", block, place));
    }

    private static @Nullable Part thought(ObjectNode block) {
        return thought(
                textOrEmpty(block, "thinking"),
                textOrEmpty(block, "signature"),
                Seal.Kind.SIGNATURE);
    }

    /// What stands beside an encrypted thought can only be its summary.
    private static @Nullable Part thought(String text, String carried, Seal.Kind kind) {
        Seal seal = AnthropicSeals.read(carried, kind);
        if (seal == null && text.isEmpty()) {
            return null;
        }
        boolean summary = seal != null && seal.kind() == Seal.Kind.ENCRYPTED && !text.isEmpty();
        return new Part.Thinking(text, summary, seal);
    }
}
