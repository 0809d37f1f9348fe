package dev.torii.model.config;

/// A reference to another entity, `{"id": "…"}` in JSON.
public record Ref(String id) {}
