package dev.torii.model.api;

/// A `config` event: one entity changed.
///
/// @param revision the configuration's revision that has the change
/// @param kind the entity's schema name, such as `services`
/// @param op `create`, `update` or `delete`
public record ConfigEvent(long revision, String kind, String id, String op) {}
