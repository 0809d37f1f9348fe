package dev.torii.engine.declarative;

/// What an import does with stored entities that the file does not have.
public enum ImportMode {
    /// They are deleted: afterwards the configuration is what the file says. With select tags that
    /// holds for the entities that have all of them.
    SYNC,

    /// They stay.
    MERGE
}
