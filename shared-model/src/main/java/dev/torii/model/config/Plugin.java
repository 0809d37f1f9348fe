package dev.torii.model.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configured plugin: what runs, with which settings, and for which requests. The config holds
/// secrets; it is never logged.
public record Plugin(
        String id,
        String name,
        @Nullable String instanceName,
        @Nullable Ref service,
        @Nullable Ref route,
        @Nullable Ref consumer,
        ObjectNode config,
        List<String> protocols,
        boolean enabled,
        @Nullable List<String> tags) {

    public Plugin {
        protocols = List.copyOf(protocols);
        tags = tags == null ? null : List.copyOf(tags);
    }

    public PluginScope scope() {
        return new PluginScope(
                route == null ? null : route.id(),
                service == null ? null : service.id(),
                consumer == null ? null : consumer.id());
    }

    @Override
    public String toString() {
        return "Plugin[" + name + " " + id + "]";
    }
}
