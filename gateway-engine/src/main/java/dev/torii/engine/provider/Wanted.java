package dev.torii.engine.provider;

import dev.torii.model.llm.Operation;

/// What a provider is asked for.
///
/// @param dialect in which of its dialects
/// @param stream whether the answer is streamed
public record Wanted(Operation operation, String dialect, boolean stream) {}
