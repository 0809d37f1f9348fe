package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the `entity_checks` of a record.
final class EntityCheckReader {

    private final SchemaReader reader;

    EntityCheckReader(SchemaReader reader) {
        this.reader = reader;
    }

    List<EntityCheck> checks(@Nullable JsonNode entries, String recordAt) {
        List<EntityCheck> checks = new ArrayList<>();
        if (entries != null) {
            for (int i = 0; i < entries.size(); i++) {
                EntityCheck check = check(entries.get(i), recordAt + "/entity_checks/" + i);
                if (check != null) {
                    checks.add(check);
                }
            }
        }
        return List.copyOf(checks);
    }

    /// Null for a check that is not known, when that is allowed.
    private @Nullable EntityCheck check(JsonNode entry, String at) {
        if (entry.size() != 1) {
            throw reader.fault(at, "expected an object with one key");
        }
        String kind = entry.fieldNames().next();
        JsonNode rule = entry.get(kind);
        String place = at + "/" + kind;
        return switch (kind) {
            case "at_least_one_of" -> new EntityCheck.AtLeastOneOf(reader.texts(entry, kind, at));
            case "only_one_of" -> new EntityCheck.OnlyOneOf(reader.texts(entry, kind, at));
            case "mutually_exclusive" ->
                    new EntityCheck.MutuallyExclusive(reader.texts(entry, kind, at));
            case "mutually_required" ->
                    new EntityCheck.MutuallyRequired(reader.texts(entry, kind, at));
            case "distinct" -> new EntityCheck.Distinct(reader.texts(entry, kind, at));
            case "conditional" -> conditional(rule, place);
            case "conditional_at_least_one_of" -> conditionalAtLeastOneOf(rule, place);
            default -> {
                if (reader.strict()) {
                    throw reader.fault(place, "unknown check");
                }
                yield null;
            }
        };
    }

    private EntityCheck conditional(JsonNode rule, String at) {
        reader.onlyKnown(
                rule,
                at,
                Set.of("if_field", "if_match", "then_field", "then_match"),
                Set.of("then_err"));
        return new EntityCheck.Conditional(
                required(rule, "if_field", at),
                condition(rule, "if_match", at),
                required(rule, "then_field", at),
                condition(rule, "then_match", at),
                reader.text(rule, "then_err", at));
    }

    private EntityCheck conditionalAtLeastOneOf(JsonNode rule, String at) {
        reader.onlyKnown(
                rule,
                at,
                Set.of("if_field", "if_match", "then_at_least_one_of"),
                Set.of("then_err"));
        return new EntityCheck.ConditionalAtLeastOneOf(
                required(rule, "if_field", at),
                condition(rule, "if_match", at),
                reader.texts(rule, "then_at_least_one_of", at),
                reader.text(rule, "then_err", at));
    }

    private EntityCheck.Condition condition(JsonNode rule, String key, String at) {
        JsonNode node = rule.path(key);
        String place = at + "/" + key;
        reader.onlyKnown(
                node, place, Set.of("one_of", "not_one_of", "eq", "ne", "required"), Set.of());
        return new EntityCheck.Condition(
                values(node.path("one_of")),
                values(node.path("not_one_of")),
                node.get("eq"),
                node.get("ne"),
                reader.flag(node, "required", false, place));
    }

    private static List<JsonNode> values(JsonNode array) {
        List<JsonNode> values = new ArrayList<>();
        array.forEach(values::add);
        return List.copyOf(values);
    }

    private String required(JsonNode rule, String key, String at) {
        String text = reader.text(rule, key, at);
        if (text == null) {
            throw reader.fault(at + "/" + key, "required field missing");
        }
        return text;
    }
}
