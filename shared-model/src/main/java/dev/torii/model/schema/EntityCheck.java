package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A rule over several fields of one record; field names are dotted paths from that record. In JSON
/// each is an object with one key, given here for each.
public sealed interface EntityCheck {

    /// All fields that the rule is about.
    List<String> fields();

    /// `at_least_one_of`.
    record AtLeastOneOf(List<String> fields) implements EntityCheck {}

    /// `only_one_of`: exactly one.
    record OnlyOneOf(List<String> fields) implements EntityCheck {}

    /// `mutually_exclusive`: one or none.
    record MutuallyExclusive(List<String> fields) implements EntityCheck {}

    /// `mutually_required`: all or none.
    record MutuallyRequired(List<String> fields) implements EntityCheck {}

    /// `distinct`: those that are set differ from each other.
    record Distinct(List<String> fields) implements EntityCheck {}

    /// `conditional`: when `ifField` matches, `thenField` must match too.
    ///
    /// @param error the record's own message; null for the usual one
    record Conditional(
            String ifField,
            Condition ifMatch,
            String thenField,
            Condition thenMatch,
            @Nullable String error)
            implements EntityCheck {

        @Override
        public List<String> fields() {
            return List.of(ifField, thenField);
        }
    }

    /// `conditional_at_least_one_of`: when `ifField` matches, one of `thenFields` must be set.
    ///
    /// @param error the message, in which `%s` stands for the quoted fields; null for the usual one
    record ConditionalAtLeastOneOf(
            String ifField, Condition ifMatch, List<String> thenFields, @Nullable String error)
            implements EntityCheck {

        @Override
        public List<String> fields() {
            List<String> fields = new ArrayList<>(thenFields);
            fields.addFirst(ifField);
            return fields;
        }
    }

    /// What a value must be: `{"one_of": […]}`, `{"not_one_of": […]}`, `{"eq": …}`, `{"ne": …}`,
    /// `{"required": true}`, or several of them. An `eq` of JSON null means empty, and an `ne` of
    /// JSON null set.
    record Condition(
            List<JsonNode> oneOf,
            List<JsonNode> notOneOf,
            @Nullable JsonNode eq,
            @Nullable JsonNode ne,
            boolean required) {

        /// Why the value is not what the condition wants; null when it is.
        public @Nullable String problem(JsonNode value) {
            boolean empty = value.isNull() || value.isMissingNode();
            if (required && empty) {
                return "required field missing";
            }
            if (eq != null && (eq.isNull() ? !empty : !Values.same(eq, value))) {
                return "value must be " + Values.shown(eq);
            }
            if (ne != null && (ne.isNull() ? empty : Values.same(ne, value))) {
                return "value must not be " + Values.shown(ne);
            }
            if (!oneOf.isEmpty()
                    && (empty || oneOf.stream().noneMatch(v -> Values.same(v, value)))) {
                return "expected one of: " + shown(oneOf);
            }
            if (notOneOf.stream().anyMatch(v -> Values.same(v, value))) {
                return "must not be one of: " + shown(notOneOf);
            }
            return null;
        }

        private static String shown(List<JsonNode> values) {
            return values.stream().map(Values::shown).collect(Collectors.joining(", "));
        }
    }
}
