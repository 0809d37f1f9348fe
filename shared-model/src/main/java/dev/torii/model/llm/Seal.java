package dev.torii.model.llm;

/// What a vendor attaches to reasoning so that only it can take that up again: a signature, or the
/// whole thought encrypted. It is copied byte for byte, and goes to the vendor that made it alone.
///
/// @param dialect whose it is
/// @param value never decoded, never trimmed
public record Seal(Kind kind, String dialect, String value) {

    public enum Kind {
        /// Beside a thought that can be read.
        SIGNATURE,
        /// In place of a thought.
        ENCRYPTED
    }
}
