package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/// A value of a file, and where it stands.
///
/// @param line 1-based; of a value under a key, where the key stands
/// @param column 1-based
/// @param parts the values in it, by key, or by 1-based index in a list
/// @param size how many values this one counts, itself and all aliases spelled out
record Located(JsonNode json, int line, int column, Map<String, Located> parts, long size) {

    static Located scalar(JsonNode json, int line, int column) {
        return new Located(json, line, column, Map.of(), 1);
    }

    /// A value that came without places.
    static Located nowhere(JsonNode json) {
        return new Located(json, 1, 1, Map.of(), 1);
    }

    Located at(int newLine, int newColumn) {
        return new Located(json, newLine, newColumn, parts, size);
    }

    /// What stands at the path, or the innermost value on the way to it that is there.
    Located nearest(List<String> path) {
        Located here = this;
        for (String step : path) {
            Located next = here.parts.get(step);
            if (next == null) {
                return here;
            }
            here = next;
        }
        return here;
    }
}
