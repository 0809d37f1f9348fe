package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// What the model may use.
public sealed interface Tool {

    /// A function of the client's.
    ///
    /// @param parameters a JSON Schema, its keys in the client's order; null for no parameters
    /// @param strict whether arguments have to fit it; null for not said
    record Function(
            String name,
            @Nullable String description,
            @Nullable ObjectNode parameters,
            @Nullable Boolean strict,
            @Nullable CacheHint cache)
            implements Tool {}

    /// A function that takes free text.
    ///
    /// @param format how the text has to be, such as a grammar
    record Custom(String name, @Nullable String description, @Nullable ObjectNode format)
            implements Tool {}

    /// A tool that the provider runs itself, such as a search; understood by its dialect alone.
    record Server(String dialect, String type, ObjectNode json) implements Tool {}
}
