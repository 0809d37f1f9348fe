package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what in a value does not fit its schema, in Kong's words. It changes nothing, does no I/O
/// and holds no state; a form may ask it at every key press.
///
/// The value is a complete one, as [SchemaDefaults] makes it. Of one field the first failed rule is
/// told.
public final class SchemaValidator {

    private final List<Violation> violations = new ArrayList<>();
    private final List<String> path = new ArrayList<>();

    private SchemaValidator() {}

    public static List<Violation> validate(Schema schema, ObjectNode value) {
        var validator = new SchemaValidator();
        validator.struct(schema.root(), value);
        return List.copyOf(validator.violations);
    }

    /// What is wrong with one value on its own; empty when nothing is.
    public static List<Violation> validate(FieldSpec field, JsonNode value) {
        var validator = new SchemaValidator();
        validator.field(field, value);
        return List.copyOf(validator.violations);
    }

    /// What is wrong with those fields that are there.
    public static List<Violation> validatePart(Schema schema, ObjectNode part) {
        var validator = new SchemaValidator();
        for (var entry : part.properties()) {
            FieldSpec field = schema.root().field(entry.getKey());
            validator.at(
                    entry.getKey(),
                    () -> {
                        if (field == null) {
                            validator.report("unknown field");
                        } else if (!entry.getValue().isNull()) {
                            validator.field(field, entry.getValue());
                        }
                    });
        }
        return List.copyOf(validator.violations);
    }

    private void struct(FieldSpec.Struct struct, JsonNode value) {
        for (FieldSpec field : struct.fields()) {
            JsonNode own = value.get(field.name());
            if (own == null && field.traits().auto()) {
                continue;
            }
            at(field.name(), () -> field(field, own));
        }
        for (var entry : value.properties()) {
            if (struct.field(entry.getKey()) == null) {
                at(entry.getKey(), () -> report("unknown field"));
            }
        }
        new EntityChecks(value, List.copyOf(path), violations).run(struct.checks());
    }

    private void field(FieldSpec field, @Nullable JsonNode value) {
        var traits = field.traits();
        if (value == null || value.isNull()) {
            if (traits.required()) {
                report("required field missing");
            } else if (traits.mustEqual() != null && !traits.mustEqual().isNull()) {
                report(said(traits, "value must be " + Values.shown(traits.mustEqual())));
            }
            return;
        }
        if (traits.mustEqual() != null && traits.mustEqual().isNull()) {
            report(said(traits, "value must be null"));
            return;
        }
        switch (field) {
            case FieldSpec.Text text -> text(text, value);
            case FieldSpec.Numeric numeric -> {
                if (isNumber(value, numeric.integer())) {
                    constraint(traits, numericProblem(numeric, value));
                } else {
                    report(numeric.integer() ? "expected an integer" : "expected a number");
                }
            }
            case FieldSpec.Flag flag -> {
                if (value.isBoolean()) {
                    constraint(traits, equalityProblem(traits, value));
                } else {
                    report("expected a boolean");
                }
            }
            case FieldSpec.Sequence sequence -> sequence(sequence, value);
            case FieldSpec.Mapping mapping -> mapping(mapping, value);
            case FieldSpec.Struct struct -> {
                if (value.isObject()) {
                    struct(struct, value);
                } else {
                    report("expected a record");
                }
            }
            case FieldSpec.Reference reference -> reference(value);
            case FieldSpec.Opaque opaque -> {}
        }
    }

    private void text(FieldSpec.Text text, JsonNode value) {
        if (!value.isTextual()) {
            report("expected a string");
            return;
        }
        String string = value.textValue();
        if (text.traits().referenceable() && VaultReference.is(string)) {
            return;
        }
        if (string.isEmpty() && text.lenMin() == 1) {
            report("length must be at least 1");
            return;
        }
        constraint(text.traits(), textProblem(text, value, string));
    }

    private static @Nullable String textProblem(
            FieldSpec.Text text, JsonNode value, String string) {
        String unequal = equalityProblem(text.traits(), value);
        if (unequal != null) {
            return unequal;
        }
        if (text.notOneOf().contains(string)) {
            return "must not be one of: " + String.join(", ", text.notOneOf());
        }
        if (!text.oneOf().isEmpty() && !text.oneOf().contains(string)) {
            return "expected one of: " + String.join(", ", text.oneOf());
        }
        if (text.format() == Format.UUID || text.format() == Format.REGEX) {
            String problem = text.format().problem(string);
            if (problem != null) {
                return problem;
            }
        }
        String length =
                lengthProblem(
                        string.codePointCount(0, string.length()), text.lenMin(), text.lenMax());
        if (length != null) {
            return length;
        }
        if (text.startsWith() != null && !string.startsWith(text.startsWith())) {
            return "should start with: " + text.startsWith();
        }
        for (var forbidden : text.forbidden()) {
            if (forbidden.pattern().matcher(string).find()) {
                return forbidden.error();
            }
        }
        if (text.match() != null && !text.match().matcher(string).find()) {
            return "invalid value: " + string;
        }
        return text.format() == null ? null : text.format().problem(string);
    }

    /// Numbers beyond what a double can hold are none: no field has use for them, and they cost
    /// time to reckon with.
    private static boolean isNumber(JsonNode value, boolean integer) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            return false;
        }
        return !integer || Values.isInteger(value);
    }

    private static @Nullable String numericProblem(FieldSpec.Numeric numeric, JsonNode value) {
        BigDecimal number = value.decimalValue();
        String unequal = equalityProblem(numeric.traits(), value);
        if (unequal != null) {
            return unequal;
        }
        if (!numeric.oneOf().isEmpty()
                && numeric.oneOf().stream().noneMatch(n -> n.compareTo(number) == 0)) {
            return "expected one of: "
                    + numeric.oneOf().stream()
                            .map(BigDecimal::toPlainString)
                            .collect(Collectors.joining(", "));
        }
        if (numeric.gt() != null && number.compareTo(numeric.gt()) <= 0) {
            return "value must be greater than " + numeric.gt().toPlainString();
        }
        BigDecimal min = numeric.min();
        BigDecimal max = numeric.max();
        if (min != null
                && max != null
                && (number.compareTo(min) < 0 || number.compareTo(max) > 0)) {
            return "value should be between " + min.toPlainString() + " and " + max.toPlainString();
        }
        return null;
    }

    private void sequence(FieldSpec.Sequence sequence, JsonNode value) {
        if (!value.isArray()) {
            report(sequence.set() ? "expected a set" : "expected an array");
            return;
        }
        int before = violations.size();
        for (int i = 0; i < value.size(); i++) {
            JsonNode element = value.get(i);
            at(Integer.toString(i + 1), () -> element(sequence.element(), element));
        }
        if (violations.size() == before) {
            constraint(
                    sequence.traits(),
                    lengthProblem(value.size(), sequence.lenMin(), sequence.lenMax()));
        }
    }

    private void mapping(FieldSpec.Mapping mapping, JsonNode value) {
        if (!value.isObject()) {
            report("expected a map");
            return;
        }
        for (var entry : value.properties()) {
            at(
                    entry.getKey(),
                    () -> {
                        int before = violations.size();
                        field(mapping.keys(), TextNode.valueOf(entry.getKey()));
                        if (violations.size() == before) {
                            element(mapping.values(), entry.getValue());
                        }
                    });
        }
    }

    private void element(FieldSpec spec, JsonNode value) {
        if (value.isNull()) {
            report(Values.expected(spec));
        } else {
            field(spec, value);
        }
    }

    /// What is no object has no id either; what else an object says of its target does not count.
    private void reference(JsonNode value) {
        JsonNode id = value.path("id");
        if (id.isMissingNode()) {
            at("id", () -> report("missing primary key"));
        } else if (id.isNull()) {
            at("id", () -> report("required field missing"));
        } else if (!id.isTextual()) {
            at("id", () -> report("expected a string"));
        } else if (!Format.isUuid(id.textValue())) {
            at("id", () -> report("expected a valid UUID"));
        }
    }

    private static @Nullable String equalityProblem(FieldSpec.Traits traits, JsonNode value) {
        JsonNode wanted = traits.mustEqual();
        return wanted == null || Values.same(wanted, value)
                ? null
                : "value must be " + Values.shown(wanted);
    }

    private static @Nullable String lengthProblem(int length, int min, int max) {
        if (min == max && length != min) {
            return "length must be " + min;
        }
        if (length < min) {
            return "length must be at least " + min;
        }
        return length > max ? "length must be at most " + max : null;
    }

    private void constraint(FieldSpec.Traits traits, @Nullable String problem) {
        if (problem != null) {
            report(said(traits, problem));
        }
    }

    private static String said(FieldSpec.Traits traits, String problem) {
        return traits.error() == null ? problem : traits.error();
    }

    private void at(String step, Runnable check) {
        path.add(step);
        check.run();
        path.removeLast();
    }

    private void report(String message) {
        violations.add(new Violation(path, message));
    }
}
