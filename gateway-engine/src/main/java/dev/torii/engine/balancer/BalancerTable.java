package dev.torii.engine.balancer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The upstreams of one configuration, by name.
public final class BalancerTable {

    public static final BalancerTable EMPTY = new BalancerTable(Map.of());

    private final Map<String, LiveUpstream> upstreams;

    BalancerTable(Map<String, LiveUpstream> upstreams) {
        this.upstreams = Map.copyOf(upstreams);
    }

    /// The balancer of the upstream that a host names; null for a host that is just a host.
    public @Nullable Balancer find(String host) {
        LiveUpstream upstream = upstreams.get(host);
        return upstream == null ? null : upstream.balancer();
    }
}
