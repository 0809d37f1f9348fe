package dev.torii.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The one configured mapper: snake_case names, of values too, exact decimals, duplicate keys
/// refused.
public final class Json {

    /// Deepest nesting that is read; deeper input is refused as malformed.
    public static final int MAX_DEPTH = 200;

    /// Longest string value that is read, in characters; LLM bodies carry whole images in one
    /// string.
    private static final int MAX_STRING = 64 * 1024 * 1024;

    public static final JsonMapper MAPPER = mapper(true);

    /// For bodies between clients and providers, which are theirs, and for what this engine wrote
    /// itself: duplicate keys are not looked for, which halves the time to parse.
    private static final JsonMapper BODIES = mapper(false);

    private Json() {}

    private static JsonMapper mapper(boolean refuseDuplicateKeys) {
        var factory =
                JsonFactory.builder()
                        .configure(
                                StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicateKeys)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH)
                                        .maxStringLength(MAX_STRING)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /// Reads a body token by token.
    static JsonParser parser(byte[] bytes) throws IOException {
        return BODIES.createParser(bytes);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /// The JSON value in these bytes.
    ///
    /// @throws MalformedJsonException when they are not one JSON value; the message names line and
    ///   column
    public static JsonNode parse(byte[] bytes) throws MalformedJsonException {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw new MalformedJsonException("empty body", 1, 1);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw MalformedJsonException.from(e);
        } catch (IOException e) {
            // Bytes in memory cannot fail to be read; what is left is a broken encoding.
            throw new MalformedJsonException("not UTF-8", 1, 1);
        }
    }

    public static JsonNode parse(String text) throws MalformedJsonException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The JSON value in a body, or null when it is none. Of a key that is there twice the last one
    /// counts.
    public static @Nullable JsonNode parseOrNull(byte[] body) {
        try {
            JsonNode node = BODIES.readTree(body);
            return node == null || node.isMissingNode() ? null : node;
        } catch (IOException e) {
            return null;
        }
    }

    /// The same where it is an object, or null when it is anything else.
    public static @Nullable ObjectNode parseObjectOrNull(byte[] body) {
        return parseOrNull(body) instanceof ObjectNode object ? object : null;
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a value that has been checked against its schema before.
    public static <T> T convert(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
