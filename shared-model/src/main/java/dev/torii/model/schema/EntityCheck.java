package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A rule over several fields of one record; field names are dotted paths from that record.
public sealed interface EntityCheck {

    record AtLeastOneOf(List<String> fields) implements EntityCheck {}

    record OnlyOneOf(List<String> fields) implements EntityCheck {}

    record AllOrNone(List<String> fields) implements EntityCheck {}

    record Distinct(List<String> fields) implements EntityCheck {}

    /// When `ifField` holds one of `ifValues`, `thenField` must be set (or, with `mustBeNull`, must
    /// not), else `error`.
    record Conditional(
            String ifField,
            List<JsonNode> ifValues,
            String thenField,
            boolean mustBeNull,
            String error)
            implements EntityCheck {}
}
