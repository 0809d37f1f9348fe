package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Runs the [EntityCheck]s of one record.
final class EntityChecks {

    private final JsonNode entity;
    private final List<String> path;
    private final List<Violation> violations;

    /// @param path where the record is
    /// @param violations those found so far, to add to
    EntityChecks(JsonNode entity, List<String> path, List<Violation> violations) {
        this.entity = entity;
        this.path = path;
        this.violations = violations;
    }

    void run(List<EntityCheck> checks) {
        for (EntityCheck check : checks) {
            if (applies(check)) {
                run(check);
            }
        }
    }

    /// Which fields have to be right by themselves for a rule to say anything.
    private boolean applies(EntityCheck check) {
        return switch (check) {
            case EntityCheck.MutuallyExclusive(var fields) ->
                    fields.stream().noneMatch(this::faulty);
            case EntityCheck.MutuallyRequired(var fields) ->
                    fields.stream().noneMatch(this::faulty);
            case EntityCheck.Conditional conditional -> !faulty(conditional.ifField());
            case EntityCheck.ConditionalAtLeastOneOf conditional -> !faulty(conditional.ifField());
            case EntityCheck.AtLeastOneOf _, EntityCheck.OnlyOneOf _, EntityCheck.Distinct _ ->
                    true;
        };
    }

    private void run(EntityCheck check) {
        switch (check) {
            case EntityCheck.AtLeastOneOf(var fields) -> {
                if (set(fields) == 0) {
                    report("at least one of these fields must be non-empty: " + quoted(fields));
                }
            }
            case EntityCheck.OnlyOneOf(var fields) -> {
                if (set(fields) != 1) {
                    report("exactly one of these fields must be non-empty: " + quoted(fields));
                }
            }
            case EntityCheck.MutuallyExclusive(var fields) -> {
                if (set(fields) > 1) {
                    report("only one or none of these fields must be set: " + quoted(fields));
                }
            }
            case EntityCheck.MutuallyRequired(var fields) -> {
                long set = set(fields);
                if (set != 0 && set != fields.size()) {
                    report("all or none of these fields must be set: " + quoted(fields));
                }
            }
            case EntityCheck.Distinct(var fields) -> {
                var values = fields.stream().map(this::value).filter(Values::isSet).toList();
                if (values.stream().distinct().count() != values.size()) {
                    report("values of these fields must be distinct: " + quoted(fields));
                }
            }
            case EntityCheck.Conditional conditional -> conditional(conditional);
            case EntityCheck.ConditionalAtLeastOneOf conditional -> {
                if (conditional.ifMatch().problem(value(conditional.ifField())) == null
                        && set(conditional.thenFields()) == 0) {
                    String error = conditional.error();
                    String fields = quoted(conditional.thenFields());
                    report(
                            error == null
                                    ? "at least one of these fields must be non-empty: " + fields
                                    : error.replace("%s", fields));
                }
            }
        }
    }

    /// What it finds of the second field counts before what was found already.
    private void conditional(EntityCheck.Conditional check) {
        if (check.ifMatch().problem(value(check.ifField())) != null) {
            return;
        }
        String problem = check.thenMatch().problem(value(check.thenField()));
        List<String> field = full(check.thenField());
        if (problem != null) {
            violations.removeIf(other -> startsWith(other.path(), field));
            violations.add(new Violation(field, problem));
        } else if (!faulty(check.thenField())) {
            return;
        }
        report(
                check.error() != null
                        ? check.error()
                        : "failed conditional validation given value of field '"
                                + check.ifField()
                                + "'");
    }

    private List<String> full(String field) {
        List<String> full = new ArrayList<>(path);
        full.addAll(List.of(field.split("\\.", -1)));
        return full;
    }

    private boolean faulty(String field) {
        List<String> full = full(field);
        return violations.stream()
                .map(Violation::path)
                .filter(other -> !other.getLast().equals(Violation.ENTITY))
                .anyMatch(other -> startsWith(other, full) || startsWith(full, other));
    }

    private static boolean startsWith(List<String> path, List<String> prefix) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private JsonNode value(String field) {
        JsonNode node = entity;
        for (String step : field.split("\\.", -1)) {
            node = node.path(step);
        }
        return node;
    }

    private long set(List<String> fields) {
        return fields.stream().map(this::value).filter(Values::isSet).count();
    }

    private static String quoted(List<String> fields) {
        return fields.stream().map(f -> "'" + f + "'").collect(Collectors.joining(", "));
    }

    private void report(String message) {
        List<String> at = new ArrayList<>(path);
        at.add(Violation.ENTITY);
        violations.add(new Violation(at, message));
    }
}
