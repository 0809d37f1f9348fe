package dev.torii.model.llm;

/// How long an answer may be.
///
/// @param tokens reasoning included
/// @param field the client's name for it, such as `max_completion_tokens`: models differ in which
///   name they take, so the same family gets the same name
public record OutputLimit(int tokens, String field) {}
