package dev.torii.model.schema;

import java.util.List;
import java.util.stream.Stream;

/// One thing that is wrong with a value.
///
/// @param path where, from the entity: field names, and 1-based indexes of list elements as text;
///   an entity-wide rule ends in [#ENTITY]
/// @param message what was expected, in Kong's words where Kong has some
public record Violation(List<String> path, String message) {

    /// The last path step of a violation that concerns a whole record.
    public static final String ENTITY = "@entity";

    public Violation {
        path = List.copyOf(path);
    }

    public static Violation of(String message, String... path) {
        return new Violation(List.of(path), message);
    }

    /// The same, of a value that lies in another one.
    public Violation below(String field) {
        return new Violation(Stream.concat(Stream.of(field), path.stream()).toList(), message);
    }

    /// The dotted path, as in `config.model.name`.
    public String pointer() {
        return String.join(".", path);
    }
}
