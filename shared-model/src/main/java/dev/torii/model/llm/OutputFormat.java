package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What the text of an answer has to be.
public sealed interface OutputFormat {

    record Text() implements OutputFormat {}

    /// Some JSON object.
    record JsonObject() implements OutputFormat {}

    /// JSON that fits a schema.
    record JsonSchema(
            String name, ObjectNode schema, @Nullable Boolean strict, @Nullable String description)
            implements OutputFormat {}
}
