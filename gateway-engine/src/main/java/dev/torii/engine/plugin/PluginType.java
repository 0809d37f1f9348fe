package dev.torii.engine.plugin;

import dev.torii.model.schema.Schema;
import java.util.Set;

/// What can be installed: a plugin's name, place in the order, and settings.
///
/// @param name as in `plugins.name`
/// @param priority the higher, the earlier it runs, in every phase
/// @param schema the plugin entity's own part: `protocols`, forbidden scopes, and `config`
/// @param scopes where an instance may be put; global is always allowed
public record PluginType(String name, int priority, Schema schema, Set<Scope> scopes) {

    public enum Scope {
        SERVICE,
        ROUTE,
        CONSUMER
    }

    public static final Set<Scope> ALL_SCOPES = Set.of(Scope.SERVICE, Scope.ROUTE, Scope.CONSUMER);

    /// Everything but `consumer`: for plugins that find the consumer out.
    public static final Set<Scope> NO_CONSUMER = Set.of(Scope.SERVICE, Scope.ROUTE);
}
