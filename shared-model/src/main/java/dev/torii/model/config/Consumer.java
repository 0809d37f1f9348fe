package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who sends requests: an app, a person, a team.
public record Consumer(
        String id,
        @Nullable String username,
        @Nullable String customId,
        @Nullable List<String> tags) {

    public Consumer {
        tags = tags == null ? null : List.copyOf(tags);
    }

    public String label() {
        return username != null ? username : customId != null ? customId : id;
    }
}
