package dev.torii.desktop.form;

/// One thing that keeps a value from being saved.
///
/// @param path the field that shows it, or one ending in `@entity` for what concerns no single
///   field
/// @param message the rule's words; the value itself, where another one has it
public record Problem(FieldPath path, String message, Source source) {

    public enum Source {
        /// Found while typing.
        RULE,
        /// Said by the engine when it refused the value.
        ENGINE,
        /// Said by the engine of a value that only one may have.
        TAKEN
    }
}
