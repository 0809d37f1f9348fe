package dev.torii.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Reads many objects that are much alike, such as the rows of a table. What they repeat is one
/// node in all of them, which takes half the memory; so nothing that was read may be changed.
/// Several threads may read at once.
///
/// At the start of an engine this code runs before it is compiled well. Its methods are small,
/// since the compiler would be busy with the mapper's large one, again and again, for as long as
/// the reading takes.
public final class AlikeObjects {

    private static final int SLOTS = 1024;

    /// Tells equal values by 0. Decimals are never taken for the same: 1.5 and 1.50 would be equal.
    private static final Comparator<JsonNode> ALIKE =
            (one, other) -> !one.isBigDecimal() && one.equals(other) ? 0 : 1;

    /// By hash. Nodes push each other out, and threads may do so unseen: then a node is there
    /// twice.
    private final @Nullable JsonNode[] seen = new JsonNode[SLOTS];

    /// The object in these bytes. Of a key that is there twice the last one counts.
    ///
    /// @throws MalformedJsonException when they are anything else
    public ObjectNode read(byte[] json) throws MalformedJsonException {
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                ObjectNode object = object(parser);
                if (parser.nextToken() == null) {
                    return object;
                }
            }
        } catch (JsonProcessingException e) {
            throw MalformedJsonException.from(e);
        } catch (IOException e) {
            throw new MalformedJsonException("not UTF-8", 1, 1);
        }
        throw new MalformedJsonException("not one object", 1, 1);
    }

    private ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = Json.object();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            object.set(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = Json.array();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            array.add(value(parser, next));
        }
        return array;
    }

    private JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> NullNode.instance;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_TRUE -> BooleanNode.TRUE;
            case START_OBJECT -> shared(object(parser));
            case START_ARRAY -> shared(array(parser));
            case VALUE_STRING -> shared(TextNode.valueOf(parser.getText()));
            default -> shared(number(parser));
        };
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            case BIG_INTEGER -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
            case FLOAT, DOUBLE, BIG_DECIMAL -> DecimalNode.valueOf(parser.getDecimalValue());
        };
    }

    private JsonNode shared(JsonNode node) {
        int hash = node.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        JsonNode known = seen[slot];
        if (known != null && known.equals(ALIKE, node)) {
            return known;
        }
        seen[slot] = node;
        return node;
    }
}
