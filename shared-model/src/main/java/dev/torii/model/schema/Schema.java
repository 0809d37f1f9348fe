package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The fields and rules of one entity kind, or of one plugin's `config`.
///
/// @param name the kind's schema name or the plugin's name
/// @param root all fields and entity-wide checks, as one record
/// @param json the same in the shape that `/schemas/…` serves
public record Schema(String name, FieldSpec.Struct root, ObjectNode json) {

    /// Reads a schema in the `fields` shape.
    ///
    /// @throws IllegalArgumentException when it says something that the validator does not know;
    ///   the message names the schema and the place
    public static Schema parse(String name, ObjectNode fieldsShape) {
        return read(name, fieldsShape, true);
    }

    /// Reads a schema that another, perhaps newer, engine served: unknown attributes and checks are
    /// passed over, fields of unknown types become [FieldSpec.Opaque].
    ///
    /// @throws IllegalArgumentException when it is no schema at all
    public static Schema parseLeniently(String name, ObjectNode fieldsShape) {
        return read(name, fieldsShape, false);
    }

    private static Schema read(String name, ObjectNode shape, boolean strict) {
        return new Schema(name, new SchemaReader(name, strict).root(shape), shape.deepCopy());
    }

    /// Reads a schema from a JSON file beside its owner; the name is that of the file.
    public static Schema load(Class<?> owner, String resource) {
        return load(resource.replaceFirst("\\.json$", ""), owner, resource);
    }

    /// Reads a schema from a JSON file beside its owner.
    public static Schema load(String name, Class<?> owner, String resource) {
        try (var in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "schema " + name + ": no file " + resource + " beside " + owner.getName());
            }
            if (Json.parse(in.readAllBytes()) instanceof ObjectNode shape) {
                return parse(name, shape);
            }
            throw new IllegalArgumentException("schema " + name + ": expected an object");
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("schema " + name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<FieldSpec> fields() {
        return root.fields();
    }

    /// The fields that together tell one entity of the kind from all others, as `cache_key` has
    /// them; empty where nothing but the id does.
    public List<String> cacheKey() {
        return json.path("cache_key").valueStream().map(JsonNode::asText).toList();
    }

    /// This schema with the fields of another in place of those of the same name, and both schemas'
    /// checks: what a plugin's own schema does to that of all plugins.
    public Schema overlaidBy(Schema other) {
        Map<String, FieldSpec> merged = new LinkedHashMap<>();
        fields().forEach(field -> merged.put(field.name(), field));
        other.fields().forEach(field -> merged.put(field.name(), field));
        List<EntityCheck> checks = new ArrayList<>(root.checks());
        checks.addAll(other.root().checks());
        var struct =
                new FieldSpec.Struct(
                        "", root.traits(), List.copyOf(merged.values()), List.copyOf(checks));

        Map<String, JsonNode> shapes = new LinkedHashMap<>();
        shapes(json, shapes);
        shapes(other.json, shapes);
        ObjectNode shape = Json.object();
        var fields = shape.putArray("fields");
        shapes.forEach((name, spec) -> fields.addObject().set(name, spec));
        return new Schema(other.name, struct, shape);
    }

    private static void shapes(ObjectNode json, Map<String, JsonNode> into) {
        json.path("fields")
                .forEach(entry ->
                        entry.properties().forEach(e -> into.put(e.getKey(), e.getValue())));
    }
}
