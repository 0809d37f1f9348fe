package dev.torii.engine.store;

import dev.torii.model.config.Secret;

/// A secret in Torii's own vault.
///
/// @param createdAt Unix milliseconds
/// @param updatedAt Unix milliseconds
public record StoredSecret(String name, Secret value, long createdAt, long updatedAt) {}
