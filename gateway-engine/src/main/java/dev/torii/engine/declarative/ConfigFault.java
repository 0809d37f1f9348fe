package dev.torii.engine.declarative;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is wrong with a declarative configuration.
///
/// @param path from the document's root: keys, and 1-based indexes of list elements as text
/// @param message what was expected, in Kong's words where Kong has some
/// @param line 1-based
/// @param column 1-based
/// @param owner the entity that it is about; null for the document
/// @param kongPath where Kong's `/config` answer shows it
public record ConfigFault(
        List<String> path,
        String message,
        int line,
        int column,
        @Nullable FileEntity owner,
        List<String> kongPath) {

    public ConfigFault {
        path = List.copyOf(path);
        kongPath = List.copyOf(kongPath);
    }

    static ConfigFault at(Located root, List<String> path, String message) {
        Located place = root.nearest(path);
        return new ConfigFault(path, message, place.line(), place.column(), null, path);
    }

    static ConfigFault syntax(String message, int line, int column) {
        return new ConfigFault(List.of(), message, line, column, null, List.of("error"));
    }

    /// One that another engine found.
    public static ConfigFault told(String pointer, String message, int line, int column) {
        List<String> path = pointer.isEmpty() ? List.of() : List.of(pointer);
        return new ConfigFault(path, message, line, column, null, path);
    }

    /// `services[1].port`; empty for the document as a whole.
    public String pointer() {
        var pointer = new StringBuilder();
        for (String step : path) {
            if (step.chars().allMatch(Character::isDigit) && !pointer.isEmpty()) {
                pointer.append('[').append(step).append(']');
            } else {
                pointer.append(pointer.isEmpty() ? "" : ".").append(step);
            }
        }
        return pointer.toString();
    }

    /// One line for a person: `12:5: services[1].port: value should be between 0 and 65535`.
    public String sentence() {
        return line + ":" + column + ": " + (path.isEmpty() ? "" : pointer() + ": ") + message;
    }
}
