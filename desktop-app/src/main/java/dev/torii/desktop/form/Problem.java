package dev.torii.desktop.form;

/// One thing that keeps a value from being saved.
///
/// @param path the field that shows it, or one ending in `@entity` for what concerns no single
///   field
/// @param message the rule's words
/// @param fromEngine said by the engine when it refused the value, not found while typing
public record Problem(FieldPath path, String message, boolean fromEngine) {}
