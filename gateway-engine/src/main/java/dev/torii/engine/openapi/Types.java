package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;

/// The JSON Schemas that descriptions are made of. Each call makes a new one, which may be added
/// to.
public final class Types {

    private Types() {}

    public static ObjectNode text() {
        return Json.object().put("type", "string");
    }

    public static ObjectNode integer() {
        return Json.object().put("type", "integer");
    }

    public static ObjectNode flag() {
        return Json.object().put("type", "boolean");
    }

    /// Any object.
    public static ObjectNode object() {
        return Json.object().put("type", "object");
    }

    public static ObjectNode listOf(JsonNode items) {
        return Json.object().put("type", "array").set("items", items);
    }

    /// An object with a text in this field.
    public static ObjectNode objectWith(String field) {
        ObjectNode object = object();
        object.putObject("properties").set(field, text());
        object.putArray("required").add(field);
        return object;
    }

    /// How many rows a page has.
    public static ObjectNode pageSize(int most, int usual) {
        return integer().put("minimum", 1).put("maximum", most).put("default", usual);
    }
}
