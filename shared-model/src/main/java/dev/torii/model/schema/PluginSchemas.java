package dev.torii.model.schema;

import java.util.Optional;

/// The schemas of the plugins that are there.
@FunctionalInterface
public interface PluginSchemas {

    PluginSchemas NONE = plugin -> Optional.empty();

    /// The plugin's own part of the entity: `config`, and whatever else it narrows; empty for an
    /// unknown plugin.
    Optional<Schema> schema(String plugin);
}
