package dev.torii.engine.provider;

import dev.torii.model.llm.Operation;

/// What a provider is asked for.
///
/// @param dialect in which of its dialects
/// @param stream whether the answer is streamed
/// @param translated whether the client speaks another dialect
/// @param path of a call that passes, below the version of the API, empty to keep the client's path
///   as it is
public record Wanted(
        Operation operation, String dialect, boolean stream, boolean translated, String path) {

    /// What the operation alone says where to ask for.
    public Wanted(Operation operation, String dialect, boolean stream, boolean translated) {
        this(operation, dialect, stream, translated, "");
    }

    /// What a client asks for in the provider's own dialect.
    public Wanted(Operation operation, String dialect, boolean stream) {
        this(operation, dialect, stream, false);
    }
}
