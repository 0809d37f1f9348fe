package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.EntityCheck;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaDefaults;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Rules over several fields of one record, told of what a client sends: a field that is left out
/// counts as its default.
final class CheckSchemas {

    private final FieldSpec.Struct struct;

    private CheckSchemas(FieldSpec.Struct struct) {
        this.struct = struct;
    }

    /// One schema for each rule that can be told.
    ///
    /// @param wanted says by the names of its fields whether a rule is
    static ArrayNode of(FieldSpec.Struct struct, Predicate<Set<String>> wanted) {
        var checks = new CheckSchemas(struct);
        ArrayNode rules = Json.array();
        for (EntityCheck check : struct.checks()) {
            ObjectNode rule = checks.rule(check);
            if (!rule.isEmpty() && wanted.test(fields(check))) {
                rules.add(rule);
            }
        }
        return rules;
    }

    /// The fields of the record itself that a rule is about.
    private static Set<String> fields(EntityCheck check) {
        return check.fields().stream()
                .map(path -> path.split("\\.", 2)[0])
                .collect(Collectors.toSet());
    }

    /// Empty for a rule that JSON Schema has no words for.
    private ObjectNode rule(EntityCheck check) {
        return switch (check) {
            case EntityCheck.AtLeastOneOf(var fields) -> combined("anyOf", sets(fields));
            case EntityCheck.OnlyOneOf(var fields) -> combined("oneOf", sets(fields));
            case EntityCheck.MutuallyExclusive(var fields) -> {
                ObjectNode none = not(combined("anyOf", sets(fields)));
                yield combined("anyOf", List.of(none, combined("oneOf", sets(fields))));
            }
            case EntityCheck.MutuallyRequired(var fields) -> {
                ObjectNode none = not(combined("anyOf", sets(fields)));
                yield combined("anyOf", List.of(none, combined("allOf", sets(fields))));
            }
            case EntityCheck.Distinct distinct -> Json.object();
            case EntityCheck.Conditional c ->
                    when(c.ifField(), c.ifMatch(), matches(c.thenField(), c.thenMatch()));
            case EntityCheck.ConditionalAtLeastOneOf c ->
                    when(c.ifField(), c.ifMatch(), combined("anyOf", sets(c.thenFields())));
        };
    }

    private ObjectNode when(String field, EntityCheck.Condition condition, ObjectNode then) {
        ObjectNode rule = Json.object();
        rule.set("if", matches(field, condition));
        rule.set("then", then);
        return rule;
    }

    private static ObjectNode combined(String keyword, List<ObjectNode> schemas) {
        ObjectNode combined = Json.object();
        schemas.forEach(combined.putArray(keyword)::add);
        return combined;
    }

    private static ObjectNode not(ObjectNode schema) {
        ObjectNode not = Json.object();
        not.set("not", schema);
        return not;
    }

    private List<ObjectNode> sets(List<String> fields) {
        ObjectNode set = Json.object();
        set.putObject("not")
                .putArray("enum")
                .addNull()
                .add("")
                .add(Json.array())
                .add(Json.object());
        return fields.stream().map(field -> at(field, set, CheckSchemas::isSet)).toList();
    }

    private static boolean isSet(JsonNode value) {
        return !isNothing(value)
                && !(value.isContainerNode() && value.isEmpty())
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private ObjectNode matches(String field, EntityCheck.Condition condition) {
        ArrayNode all = Json.array();
        if (condition.required()) {
            all.add(not(Json.object().put("type", "null")));
        }
        JsonNode eq = condition.eq();
        if (eq != null) {
            all.addObject().set("const", eq);
        }
        JsonNode ne = condition.ne();
        if (ne != null) {
            all.addObject().putObject("not").set("const", ne);
        }
        if (!condition.oneOf().isEmpty()) {
            all.add(in(condition.oneOf()));
        }
        if (!condition.notOneOf().isEmpty()) {
            all.add(not(in(condition.notOneOf())));
        }
        ObjectNode schema = Json.object();
        if (all.size() == 1) {
            schema.setAll((ObjectNode) all.get(0));
        } else if (!all.isEmpty()) {
            schema.set("allOf", all);
        }
        return at(field, schema, value -> condition.problem(value) == null);
    }

    private static ObjectNode in(List<JsonNode> values) {
        ObjectNode in = Json.object();
        values.forEach(in.putArray("enum")::add);
        return in;
    }

    /// The record whose field, by its dotted path, is as the schema says.
    ///
    /// @param holds the same of the value that a field has when it is not sent
    private ObjectNode at(String path, ObjectNode schema, Predicate<JsonNode> holds) {
        return at(struct, List.of(path.split("\\.", -1)), schema, holds);
    }

    private static ObjectNode at(
            FieldSpec.Struct in, List<String> path, ObjectNode schema, Predicate<JsonNode> holds) {
        String name = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        Function<JsonNode, JsonNode> down =
                value -> {
                    JsonNode node = value;
                    for (String step : rest) {
                        node = node.path(step);
                    }
                    return node;
                };
        ObjectNode inner =
                rest.isEmpty() || !(in.field(name) instanceof FieldSpec.Struct record)
                        ? schema
                        : at(record, rest, schema, holds);
        ObjectNode outer = Json.object().put("type", "object");
        outer.putObject("properties").set(name, inner);
        if (!holds.test(down.apply(unsent(in, name)))) {
            outer.putArray("required").add(name);
        } else if (!rest.isEmpty() && holds.test(MissingNode.getInstance())) {
            // Where there is no record there is no field either.
            ObjectNode either = Json.object();
            either.putArray("anyOf").add(inner).addObject().put("type", "null");
            outer.putObject("properties").set(name, either);
        }
        return outer;
    }

    private static JsonNode unsent(FieldSpec.Struct in, String name) {
        return SchemaDefaults.fill(new Schema("", in, Json.object()), Json.object()).path(name);
    }
}
