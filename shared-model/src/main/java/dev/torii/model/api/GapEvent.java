package dev.torii.model.api;

/// A `gap` event: the subscriber read too slowly, and events before this one are missing.
///
/// @param missed how many
public record GapEvent(long missed) {}
