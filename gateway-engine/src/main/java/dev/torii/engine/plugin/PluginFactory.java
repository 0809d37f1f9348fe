package dev.torii.engine.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Violation;
import java.util.List;

/// Makes handlers of one plugin type. Found through `ServiceLoader`; annotate with
/// `@AutoService(PluginFactory.class)`.
///
/// 1. One factory lives as long as the engine and is shared by all threads.
/// 2. `check` is asked before a configuration is stored, with a config that fits the schema and has
///    its defaults filled in.
/// 3. `create` is asked once for each configured, enabled plugin, and again only when that plugin
///    changes; never with a config that `check` found fault with.
/// 4. A handler runs for many exchanges at once and is closed after the last of them, once it has
///    been replaced.
/// 5. Nothing here or in a handler blocks in `onRequest` or `onResponse`; `onLog` runs behind the
///    request and may.
public interface PluginFactory {

    PluginType type();

    /// What the schema cannot say: does the regex compile, do the fields fit together. Paths start
    /// at `config`'s own fields; a rule over several fields ends in [Violation#ENTITY].
    default List<Violation> check(ObjectNode config) {
        return List.of();
    }

    /// Whether Kong would refuse such a plugin, so that a file for it must do without.
    default boolean isToriiOnly(ObjectNode config) {
        return false;
    }

    /// Whether its handlers run although this secret field stands for nothing, and refuse by
    /// themselves what needs it. What does not may not run at all.
    ///
    /// @param field the dotted path, such as `config.auth.header_value`
    default boolean runsWithout(String field) {
        return false;
    }

    PluginHandler create(PluginContext context);
}
