package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.engine.openapi.FieldSchemas;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entities that one could send, made from their schemas: what must be sent, and what has a
/// placeholder.
final class Examples {

    private static final String ID = "3c1f0a52-8f0e-4b9e-9d0a-6a1f2b7c4d5e";

    private final PluginRegistry plugins;
    private final RuleBook rules;

    Examples(PluginRegistry plugins, RuleBook rules) {
        this.plugins = plugins;
        this.rules = rules;
    }

    /// Empty when rules beyond the schema refuse what could be made.
    Optional<ObjectNode> of(EntityKind kind) {
        Schema common = EntitySchemas.of(kind);
        if (kind != EntityKind.PLUGINS) {
            return Optional.of(record(common.root())).filter(example -> fits(kind, example));
        }
        return plugins.types().stream()
                .map(type -> {
                    Schema schema = EntitySchemas.ofPlugin(type.schema());
                    return record(schema.root()).put("name", type.name());
                })
                .filter(example -> fits(kind, example))
                .findFirst();
    }

    private boolean fits(EntityKind kind, ObjectNode example) {
        try {
            Schema schema =
                    rules.of(kind).schema(EntitySchemas.of(kind), new Input.Json(example), null);
            ObjectNode entity = EntitySchemas.fill(kind, schema, example);
            return EntitySchemas.validate(kind, schema, entity).isEmpty()
                    && rules.of(kind).check(entity).isEmpty();
        } catch (ProblemException e) {
            return false;
        }
    }

    private static ObjectNode record(FieldSpec.Struct struct) {
        ObjectNode example = Json.object();
        for (FieldSpec field : struct.fields()) {
            JsonNode value = value(field, FieldSchemas.mustBeSent(field));
            if (value != null) {
                example.set(field.name(), value);
            }
        }
        return example;
    }

    /// Null for a field that is left out.
    private static @Nullable JsonNode value(FieldSpec field, boolean needed) {
        JsonNode shown = placeholder(field);
        if (shown != null) {
            return shown;
        }
        if (!needed) {
            return null;
        }
        return switch (field) {
            case FieldSpec.Text text -> TextNode.valueOf(text(text));
            case FieldSpec.Numeric numeric -> Json.MAPPER.valueToTree(number(numeric));
            case FieldSpec.Flag flag -> Json.MAPPER.valueToTree(true);
            case FieldSpec.Sequence sequence -> {
                JsonNode element = value(sequence.element(), sequence.lenMin() > 0);
                yield element == null ? Json.array() : Json.array().add(element);
            }
            case FieldSpec.Mapping mapping -> Json.object();
            case FieldSpec.Struct struct -> record(struct);
            case FieldSpec.Reference reference -> Json.object().put("id", ID);
            case FieldSpec.Opaque opaque -> null;
        };
    }

    private static @Nullable JsonNode placeholder(FieldSpec field) {
        String placeholder = field.traits().hints().placeholder();
        if (placeholder == null || field.traits().encrypted()) {
            return null;
        }
        JsonNode value = TextNode.valueOf(placeholder);
        if (field instanceof FieldSpec.Sequence) {
            value = Json.array().add(value);
        } else if (!(field instanceof FieldSpec.Text)) {
            return null;
        }
        return SchemaValidator.validate(field, value).isEmpty() ? value : null;
    }

    private static BigDecimal number(FieldSpec.Numeric numeric) {
        if (!numeric.oneOf().isEmpty()) {
            return numeric.oneOf().getFirst();
        }
        if (numeric.gt() != null) {
            return numeric.gt().add(BigDecimal.ONE);
        }
        return numeric.min() == null ? BigDecimal.ONE : numeric.min();
    }

    private static String text(FieldSpec.Text text) {
        if (!text.oneOf().isEmpty()) {
            return text.oneOf().getFirst();
        }
        if (!text.traits().hints().suggestions().isEmpty()) {
            return text.traits().hints().suggestions().getFirst();
        }
        if (text.traits().referenceable()) {
            return "{vault://env/example}";
        }
        return switch (text.format()) {
            case Format.UUID -> ID;
            case Format.HOST, Format.ROUTE_HOST, Format.WILDCARD_HOST -> "example.com";
            case Format.PATH, Format.ROUTE_PATH -> "/example";
            case Format.URL -> "https://example.com";
            case Format.HTTP_METHOD -> "GET";
            case Format.IP_OR_CIDR -> "192.0.2.1";
            case null, default -> "example";
        };
    }
}
