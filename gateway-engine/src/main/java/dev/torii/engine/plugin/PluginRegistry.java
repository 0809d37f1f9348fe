package dev.torii.engine.plugin;

import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The plugins that are installed. One that cannot be used stops the start, since a configuration
/// that counts on it would otherwise run without it.
public final class PluginRegistry implements PluginSchemas {

    private final TreeMap<String, PluginFactory> factories = new TreeMap<>();

    /// @throws IllegalStateException when two have one name; the message names both
    public PluginRegistry(List<PluginFactory> installed) {
        for (PluginFactory factory : installed) {
            PluginFactory other = factories.putIfAbsent(factory.type().name(), factory);
            if (other != null) {
                throw new IllegalStateException(
                        "two plugins are named '%s': %s and %s; leave one of them out"
                                .formatted(
                                        factory.type().name(),
                                        other.getClass().getName(),
                                        factory.getClass().getName()));
            }
        }
    }

    /// Those on the class path.
    ///
    /// @throws IllegalStateException when one cannot be used; the message names it and what is
    ///   wrong with it, down to the place in its schema
    public static PluginRegistry discovered() {
        var found = new ArrayList<PluginFactory>();
        for (var provider : ServiceLoader.load(PluginFactory.class).stream().toList()) {
            try {
                found.add(provider.get());
            } catch (ServiceConfigurationError e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                throw new IllegalStateException(
                        "plugin %s cannot be used: %s"
                                .formatted(provider.type().getName(), reason.getMessage()),
                        e);
            }
        }
        return new PluginRegistry(found);
    }

    /// Sorted by name.
    public List<PluginType> types() {
        return factories.values().stream().map(PluginFactory::type).toList();
    }

    @Override
    public Optional<Schema> schema(String plugin) {
        return find(plugin).map(factory -> factory.type().schema());
    }

    public Optional<PluginFactory> find(String name) {
        return Optional.ofNullable(factories.get(name));
    }
}
