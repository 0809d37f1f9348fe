package dev.torii.engine.declarative;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads JSON, token by token, to know where each value stands.
final class JsonText {

    private final JsonParser parser;
    private final Variables variables;

    private JsonText(JsonParser parser, Variables variables) {
        this.parser = parser;
        this.variables = variables;
    }

    static Located read(String text, Variables variables) throws BadConfigException {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            parser.nextToken();
            Located root = new JsonText(parser, variables).value();
            if (parser.nextToken() != null) {
                var place = parser.currentTokenLocation();
                throw BadConfigException.syntax(
                        "no JSON: text after its end", place.getLineNr(), place.getColumnNr());
            }
            return root;
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw BadConfigException.syntax(
                    "no JSON" + detail(e),
                    place == null ? 1 : place.getLineNr(),
                    place == null ? 1 : place.getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Jackson's other messages quote the text, which may hold secrets.
    private static String detail(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.startsWith("Duplicate") ? ": a key is there twice" : "";
    }

    private Located value() throws IOException, BadConfigException {
        var place = parser.currentTokenLocation();
        int line = place.getLineNr();
        int column = place.getColumnNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(line, column);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(line, column);
        }
        if (token == JsonToken.VALUE_STRING) {
            String text = variables.fillIn(parser.getText(), line, column);
            DocumentText.checkCharacters(text, line, column);
            return Located.scalar(TextNode.valueOf(text), line, column);
        }
        JsonNode scalar = parser.readValueAsTree();
        return Located.scalar(scalar, line, column);
    }

    private Located object(int line, int column) throws IOException, BadConfigException {
        ObjectNode json = Json.object();
        Map<String, Located> parts = new LinkedHashMap<>();
        long size = 1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var place = parser.currentTokenLocation();
            String key = parser.currentName();
            DocumentText.checkCharacters(key, place.getLineNr(), place.getColumnNr());
            parser.nextToken();
            Located value = value().at(place.getLineNr(), place.getColumnNr());
            json.set(key, value.json());
            parts.put(key, value);
            size += value.size();
        }
        return new Located(json, line, column, parts, size);
    }

    private Located array(int line, int column) throws IOException, BadConfigException {
        ArrayNode json = Json.array();
        Map<String, Located> parts = new LinkedHashMap<>();
        long size = 1;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Located value = value();
            json.add(value.json());
            parts.put(Integer.toString(json.size()), value);
            size += value.size();
        }
        return new Located(json, line, column, parts, size);
    }
}
