package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys that belong together.
public record KeySet(String id, @Nullable String name, @Nullable List<String> tags) {

    public KeySet {
        tags = tags == null ? null : List.copyOf(tags);
    }
}
