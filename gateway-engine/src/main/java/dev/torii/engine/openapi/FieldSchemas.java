package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Kong's schema language told in JSON Schema 2020-12. What the gateway accepts, the schema accepts
/// too; it may accept more, where a rule cannot be told.
public final class FieldSchemas {

    /// What a schema is for.
    public enum Use {
        /// What the gateway answers: every field is there.
        READ,
        /// A whole entity as clients send it: what has a default, or is made up, may be left out.
        WRITE,
        /// A change: anything may be left out, and records are merged field by field.
        PATCH
    }

    private final Use use;

    public FieldSchemas(Use use) {
        this.use = use;
    }

    /// The schema of a whole entity.
    ///
    /// @param elsewhere fields that a request may give in its path instead of its body
    public ObjectNode of(Schema schema, Set<String> elsewhere) {
        ObjectNode object = struct(schema.root(), schema.json(), elsewhere);
        Annotations.of(object, schema.root(), schema.json(), use);
        return object;
    }

    /// What a whole entity must hold beside that, when only these fields are given in the path;
    /// empty when nothing.
    public ObjectNode rest(Schema schema, Set<String> elsewhere, Set<String> inPath) {
        ArrayNode rules =
                CheckSchemas.of(
                        schema.root(),
                        fields ->
                                fields.stream().anyMatch(elsewhere::contains)
                                        && fields.stream().noneMatch(inPath::contains));
        ArrayNode required = Json.array();
        for (FieldSpec field : schema.fields()) {
            if (mustBeSent(field)
                    && elsewhere.contains(field.name())
                    && !inPath.contains(field.name())) {
                required.add(field.name());
            }
        }
        ObjectNode rest = Json.object();
        rules(rest, required, rules, Shapes.shorthands(schema.json()));
        return rest;
    }

    /// The schema of one field's value.
    ///
    /// @param shape the field as its schema writes it
    public ObjectNode of(FieldSpec field, JsonNode shape) {
        ObjectNode value = value(field, shape);
        JsonNode wanted = field.traits().mustEqual();
        if (wanted != null) {
            value = Json.object();
            value.set("const", wanted);
        } else if (isNullable(field)) {
            value = Nulls.allowed(value);
        }
        if (use == Use.WRITE && field.traits().defaultValue() != null) {
            value.set("default", field.traits().defaultValue());
        }
        Annotations.of(value, field, shape, use);
        return value;
    }

    private boolean isNullable(FieldSpec field) {
        return !field.traits().required() && (!field.traits().auto() || use != Use.READ);
    }

    private ObjectNode value(FieldSpec field, JsonNode shape) {
        return switch (field) {
            case FieldSpec.Text text -> TextSchemas.of(text);
            case FieldSpec.Numeric numeric -> number(numeric);
            case FieldSpec.Flag flag -> Json.object().put("type", "boolean");
            case FieldSpec.Sequence sequence -> sequence(sequence, shape);
            case FieldSpec.Mapping mapping -> mapping(mapping, shape);
            case FieldSpec.Struct struct -> struct(struct, shape, Set.of());
            case FieldSpec.Reference reference -> reference(reference);
            case FieldSpec.Opaque opaque -> Json.object();
        };
    }

    private static ObjectNode number(FieldSpec.Numeric numeric) {
        ObjectNode schema = Json.object().put("type", numeric.integer() ? "integer" : "number");
        if (numeric.integer()) {
            schema.put("format", "int64");
        }
        put(schema, "minimum", numeric.min());
        put(schema, "maximum", numeric.max());
        put(schema, "exclusiveMinimum", numeric.gt());
        if (!numeric.oneOf().isEmpty()) {
            numeric.oneOf().forEach(schema.putArray("enum")::add);
        }
        return schema;
    }

    private static void put(ObjectNode schema, String keyword, @Nullable BigDecimal bound) {
        if (bound != null) {
            schema.put(keyword, bound);
        }
    }

    private ObjectNode sequence(FieldSpec.Sequence sequence, JsonNode shape) {
        ObjectNode schema = Json.object().put("type", "array");
        schema.set("items", inner().element(sequence.element(), shape.path("elements")));
        if (sequence.lenMin() > 0
                && !(sequence.set() && use != Use.READ && sequence.lenMin() > 1)) {
            schema.put("minItems", sequence.lenMin());
        }
        // A set as it is sent may be longer than it is kept: what is there twice is dropped.
        if (sequence.lenMax() < Integer.MAX_VALUE && (!sequence.set() || use == Use.READ)) {
            schema.put("maxItems", sequence.lenMax());
        }
        if (sequence.set() && use == Use.READ) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }

    private ObjectNode mapping(FieldSpec.Mapping mapping, JsonNode shape) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.set("propertyNames", inner().element(mapping.keys(), shape.path("keys")));
        schema.set("additionalProperties", inner().element(mapping.values(), shape.path("values")));
        return schema;
    }

    /// Lists and maps are replaced as a whole, so what is in them is whole too.
    private FieldSchemas inner() {
        return use == Use.PATCH ? new FieldSchemas(Use.WRITE) : this;
    }

    private ObjectNode element(FieldSpec field, JsonNode shape) {
        ObjectNode schema = value(field, shape);
        Annotations.of(schema, field, shape, use);
        return schema;
    }

    private ObjectNode struct(FieldSpec.Struct struct, JsonNode shape, Set<String> elsewhere) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.array();
        for (FieldSpec field : struct.fields()) {
            properties.set(field.name(), of(field, Shapes.field(shape, field.name())));
            if (use == Use.READ
                    || (use == Use.WRITE
                            && mustBeSent(field)
                            && !elsewhere.contains(field.name()))) {
                required.add(field.name());
            }
        }
        List<FieldSpec> shorthands = use == Use.READ ? List.of() : Shapes.shorthands(shape);
        for (FieldSpec shorthand : shorthands) {
            ObjectNode value = of(shorthand, Shapes.shorthand(shape, shorthand.name()));
            properties.set(shorthand.name(), value.put("writeOnly", true));
        }
        // A record without fields of its own is filled in by what the entity is of.
        if (!struct.fields().isEmpty()) {
            schema.put("additionalProperties", false);
        }
        ArrayNode rules =
                use == Use.WRITE
                        ? CheckSchemas.of(
                                struct, fields -> fields.stream().noneMatch(elsewhere::contains))
                        : Json.array();
        rules(schema, required, rules, shorthands);
        return schema;
    }

    private static void rules(
            ObjectNode schema, ArrayNode required, ArrayNode rules, List<FieldSpec> shorthands) {
        if (!required.isEmpty()) {
            (shorthands.isEmpty() ? schema : rules.addObject()).set("required", required);
        }
        if (!rules.isEmpty()) {
            schema.set("allOf", shorthands.isEmpty() ? rules : unlessShort(shorthands, rules));
        }
    }

    /// A shorthand stands for fields that are not known here, so with one there is no telling.
    private static ArrayNode unlessShort(List<FieldSpec> shorthands, ArrayNode rules) {
        ObjectNode either = Json.object();
        ArrayNode ways = either.putArray("anyOf");
        ways.addObject().set("allOf", rules);
        shorthands.forEach(field -> ways.addObject().putArray("required").add(field.name()));
        return Json.array().add(either);
    }

    /// Whether an entity cannot do without a value from its client.
    public static boolean mustBeSent(FieldSpec field) {
        var traits = field.traits();
        if (!traits.required() || traits.auto() || traits.defaultValue() != null) {
            return false;
        }
        return !(field instanceof FieldSpec.Struct struct)
                || struct.fields().stream().anyMatch(FieldSchemas::mustBeSent);
    }

    private ObjectNode reference(FieldSpec.Reference reference) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("id").put("type", "string").put("format", "uuid");
        if (use == Use.READ) {
            schema.putArray("required").add("id");
            return schema.put("additionalProperties", false);
        }
        var keys = schema.putArray("anyOf");
        keys.addObject().putArray("required").add("id");
        EntityKind.ofSchemaName(reference.target())
                .ifPresent(target -> {
                    for (FieldSpec field : EntitySchemas.of(target).fields()) {
                        if (field.traits().unique()) {
                            properties.putObject(field.name()).put("type", "string");
                            keys.addObject().putArray("required").add(field.name());
                        }
                    }
                });
        return schema;
    }
}
