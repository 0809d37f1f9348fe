package dev.torii.model.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place that secrets are read from.
///
/// @param prefix how references name it
/// @param name the type: `env`, `torii`
/// @param config what the type asks for; may hold secrets and is never logged
public record Vault(
        String id,
        String prefix,
        String name,
        @Nullable String description,
        ObjectNode config,
        @Nullable List<String> tags) {

    public Vault {
        tags = tags == null ? null : List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "Vault[" + prefix + " " + name + " " + id + "]";
    }
}
