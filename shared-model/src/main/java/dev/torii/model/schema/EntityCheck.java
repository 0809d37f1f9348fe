package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule over several fields of one record; field names are dotted paths from that record. In JSON
/// each is an object with one key, given here for each.
public sealed interface EntityCheck {

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
            implements EntityCheck {}

    /// `conditional_at_least_one_of`: when `ifField` matches, one of `thenFields` must be set.
    ///
    /// @param error the message, in which `%s` stands for the quoted fields; null for the usual one
    record ConditionalAtLeastOneOf(
            String ifField, Condition ifMatch, List<String> thenFields, @Nullable String error)
            implements EntityCheck {}

    /// What a value must be: `{"one_of": […]}`, `{"not_one_of": […]}`, `{"eq": …}`, `{"ne": …}`,
    /// `{"required": true}`, or several of them. An `eq` of JSON null means empty, and an `ne` of
    /// JSON null set.
    record Condition(
            List<JsonNode> oneOf,
            List<JsonNode> notOneOf,
            @Nullable JsonNode eq,
            @Nullable JsonNode ne,
            boolean required) {}
}
