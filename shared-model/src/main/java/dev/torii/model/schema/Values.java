package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Small questions about JSON values that the validator and its rules share.
final class Values {

    private Values() {}

    /// Equal, with numbers compared by value: 1 is 1.0.
    static boolean same(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber())
                ? a.decimalValue().compareTo(b.decimalValue()) == 0
                : a.equals(b);
    }

    static boolean isInteger(JsonNode number) {
        return number.isIntegralNumber()
                ? number.canConvertToLong()
                : number.canConvertToExactIntegral() && number.canConvertToLong();
    }

    /// Null, absent, and empty texts, lists and objects are unset.
    static boolean isSet(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return false;
        }
        return value.isTextual()
                ? !value.textValue().isEmpty()
                : !value.isContainerNode() || !value.isEmpty();
    }

    static String shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    static String expected(FieldSpec spec) {
        return switch (spec) {
            case FieldSpec.Text text -> "expected a string";
            case FieldSpec.Numeric numeric ->
                    numeric.integer() ? "expected an integer" : "expected a number";
            case FieldSpec.Flag flag -> "expected a boolean";
            case FieldSpec.Sequence sequence ->
                    sequence.set() ? "expected a set" : "expected an array";
            case FieldSpec.Mapping mapping -> "expected a map";
            case FieldSpec.Struct struct -> "expected a record";
            case FieldSpec.Reference reference -> "expected a record";
            case FieldSpec.Opaque opaque -> "required field missing";
        };
    }
}
