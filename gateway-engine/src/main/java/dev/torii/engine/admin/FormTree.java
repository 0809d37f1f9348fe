package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A form's fields, with dots and brackets in their keys read as nesting: `config.limit`,
/// `paths[]`, `paths[1]` (counted from 1), `headers[x][]`. What the values mean the schema says.
final class FormTree {

    private static final int LONGEST_NUMBER = 400;

    /// The answer names the keys that are not known, and readers of JSON take no longer ones.
    private static final int LONGEST_KEY = 50_000;

    private final List<String> values = new ArrayList<>();
    private final Map<String, FormTree> children = new LinkedHashMap<>();

    /// @throws ProblemException for a key nested too deeply, or too long
    void add(String key, String value) {
        if (key.length() > LONGEST_KEY) {
            throw Problems.plain(400, "Cannot parse form body");
        }
        FormTree node = this;
        for (String step : steps(key)) {
            node = node.children.computeIfAbsent(step, s -> new FormTree());
        }
        node.values.add(value);
    }

    private static List<String> steps(String key) {
        List<String> steps = new ArrayList<>();
        var step = new StringBuilder();
        boolean bracket = false;
        boolean pending = true;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!bracket && (c == '.' || c == '[')) {
                if (pending) {
                    steps.add(step.toString());
                }
                step.setLength(0);
                bracket = c == '[';
                pending = true;
            } else if (bracket && c == ']') {
                steps.add(step.toString());
                step.setLength(0);
                bracket = false;
                pending = false;
            } else {
                step.append(c);
                pending = true;
            }
        }
        if (pending) {
            steps.add(step.toString());
        }
        if (steps.size() > Json.MAX_DEPTH) {
            throw Problems.plain(400, "Cannot parse form body");
        }
        return steps;
    }

    ObjectNode toJson(FieldSpec.Struct struct) {
        ObjectNode object = Json.object();
        children.forEach((name, child) -> object.set(name, child.value(struct.field(name))));
        return object;
    }

    private JsonNode value(@Nullable FieldSpec spec) {
        return switch (spec) {
            case FieldSpec.Sequence sequence -> sequence(sequence.element());
            case FieldSpec.Struct struct when !children.isEmpty() -> toJson(struct);
            case FieldSpec.Mapping mapping when !children.isEmpty() -> {
                ObjectNode object = Json.object();
                children.forEach((key, child) -> object.set(key, child.value(mapping.values())));
                yield object;
            }
            case null, default -> children.isEmpty() ? scalars(spec) : nested();
        };
    }

    private JsonNode sequence(@Nullable FieldSpec element) {
        if (children.isEmpty() && values.size() == 1 && values.getFirst().isEmpty()) {
            return NullNode.getInstance();
        }
        ArrayNode array = Json.array();
        values.forEach(value -> array.add(scalar(value, element)));
        children.entrySet().stream()
                .sorted((a, b) -> Long.compare(index(a.getKey()), index(b.getKey())))
                .forEach(entry -> {
                    FormTree child = entry.getValue();
                    if (child.children.isEmpty()) {
                        child.values.forEach(v -> array.add(scalar(v, element)));
                    } else {
                        array.add(child.value(element));
                    }
                });
        return array;
    }

    /// Unnumbered elements come after the numbered ones, in the order of the form.
    private static long index(String key) {
        return isNumber(key) ? Long.parseLong(key) : Long.MAX_VALUE;
    }

    private static boolean isNumber(String key) {
        return !key.isEmpty()
                && key.length() < 10
                && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Of a field that the schema does not know: a shorthand, or else it is refused later, by name.
    private JsonNode nested() {
        if (children.keySet().stream().allMatch(key -> key.isEmpty() || isNumber(key))) {
            return sequence(null);
        }
        ObjectNode object = Json.object();
        children.forEach((key, child) -> object.set(key, child.value(null)));
        return object;
    }

    private JsonNode scalars(@Nullable FieldSpec spec) {
        if (values.size() == 1) {
            return scalar(values.getFirst(), spec);
        }
        ArrayNode array = Json.array();
        values.forEach(value -> array.add(scalar(value, spec)));
        return array;
    }

    private static JsonNode scalar(String value, @Nullable FieldSpec spec) {
        if (value.isEmpty()) {
            return NullNode.getInstance();
        }
        return switch (spec) {
            case FieldSpec.Numeric numeric -> number(value);
            case FieldSpec.Flag flag when value.equals("true") || value.equals("false") ->
                    BooleanNode.valueOf(value.equals("true"));
            case null, default -> TextNode.valueOf(value);
        };
    }

    private static JsonNode number(String value) {
        if (value.length() > LONGEST_NUMBER) {
            return TextNode.valueOf(value);
        }
        try {
            var number = new BigDecimal(value);
            return number.scale() == 0 && number.precision() < 19
                    ? JsonNodeFactory.instance.numberNode(number.longValueExact())
                    : DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            return TextNode.valueOf(value);
        }
    }
}
