package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The ways in which a client may write one and the same body.
enum Encoding {
    JSON("application/json"),
    FORM("application/x-www-form-urlencoded"),
    MULTIPART("multipart/form-data; boundary=part");

    private final String contentType;

    Encoding(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    byte[] write(ObjectNode body) {
        String text =
                switch (this) {
                    case JSON -> Json.text(body);
                    case FORM ->
                            fields(body).entrySet().stream()
                                    .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                                    .collect(Collectors.joining("&"));
                    case MULTIPART ->
                            fields(body).entrySet().stream()
                                    .map(e -> part(e.getKey(), e.getValue()))
                                    .collect(Collectors.joining("", "", "--part--\r\n"));
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// As a part of a path, too.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String part(String name, String value) {
        return "--part\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + value
                + "\r\n";
    }

    private static Map<String, String> fields(ObjectNode body) {
        Map<String, String> fields = new LinkedHashMap<>();
        body.properties().forEach(e -> add(e.getKey(), e.getValue(), fields));
        return fields;
    }

    private static void add(String name, JsonNode value, Map<String, String> fields) {
        switch (value) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(e -> add(name + "." + e.getKey(), e.getValue(), fields));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    add(name + "[" + (i + 1) + "]", array.get(i), fields);
                }
            }
            default -> fields.put(name, value.isNull() ? "" : value.asText());
        }
    }
}
