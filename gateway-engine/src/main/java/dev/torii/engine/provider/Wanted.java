package dev.torii.engine.provider;

import dev.torii.model.llm.Operation;

/// What a provider is asked for.
///
/// @param dialect in which of its dialects
/// @param stream whether the answer is streamed
/// @param translated whether the client speaks another dialect
public record Wanted(Operation operation, String dialect, boolean stream, boolean translated) {

    /// What a client asks for in the provider's own dialect.
    public Wanted(Operation operation, String dialect, boolean stream) {
        this(operation, dialect, stream, false);
    }
}
