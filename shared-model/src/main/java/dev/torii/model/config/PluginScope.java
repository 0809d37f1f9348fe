package dev.torii.model.config;

import org.jspecify.annotations.Nullable;

/// Which requests a plugin runs for: those that match all ids given. None given is global.
public record PluginScope(
        @Nullable String routeId, @Nullable String serviceId, @Nullable String consumerId) {

    /// Kong's order of the scope combinations: the lower, the more specific. Of one plugin's
    /// instances the lowest runs.
    public int rank() {
        boolean route = routeId != null;
        boolean service = serviceId != null;
        boolean consumer = consumerId != null;
        if (consumer) {
            return route ? (service ? 1 : 2) : (service ? 3 : 5);
        }
        return route ? (service ? 4 : 6) : (service ? 7 : 8);
    }

    public boolean covers(String routeId, @Nullable String serviceId, @Nullable String consumerId) {
        return (this.routeId == null || this.routeId.equals(routeId))
                && (this.serviceId == null || this.serviceId.equals(serviceId))
                && (this.consumerId == null || this.consumerId.equals(consumerId));
    }
}
