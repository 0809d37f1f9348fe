package dev.torii.engine.balancer;

import dev.torii.model.config.Target;
import dev.torii.model.config.Upstream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All upstreams of the engine. What is known of a target's health outlives each change of the
/// configuration that leaves the target in it.
public final class Balancers implements AutoCloseable {

    private final Schedule schedule;
    private final LongSupplier nanos;
    private final Consumer<HealthChange> listener;
    private final Names names;
    private final Map<String, LiveUpstream> byId = new ConcurrentHashMap<>();

    /// @param nanos the clock that latencies are measured by
    /// @param listener told of each change of a target's health; it may wait
    public Balancers(
            Resolver resolver,
            Schedule schedule,
            LongSupplier nanos,
            Consumer<HealthChange> listener) {
        this.schedule = schedule;
        this.nanos = nanos;
        this.listener = listener;
        this.names = new Names(resolver, schedule, this::renamed);
    }

    /// Takes a configuration. Called by one thread at a time.
    public BalancerTable apply(Collection<Upstream> upstreams, Collection<Target> targets) {
        Map<String, List<Target>> byUpstream =
                targets.stream().collect(Collectors.groupingBy(target -> target.upstream().id()));
        Map<String, LiveUpstream> byName = new HashMap<>();
        for (Upstream upstream : upstreams) {
            List<Target> own = byUpstream.getOrDefault(upstream.id(), List.of());
            LiveUpstream live =
                    byId.computeIfAbsent(
                            upstream.id(),
                            _ -> new LiveUpstream(upstream, own, names, schedule, nanos, listener));
            byName.put(upstream.name(), live);
        }
        names.use(targets.stream().map(Target::host).collect(Collectors.toSet()));
        for (Upstream upstream : upstreams) {
            LiveUpstream live = byName.get(upstream.name());
            if (live != null
                    && live.configure(
                            upstream, byUpstream.getOrDefault(upstream.id(), List.of()))) {
                live.rebuild();
            }
        }
        forgetAllBut(upstreams.stream().map(Upstream::id).collect(Collectors.toSet()));
        return new BalancerTable(byName);
    }

    private void forgetAllBut(Set<String> ids) {
        byId.entrySet()
                .removeIf(entry -> {
                    boolean gone = !ids.contains(entry.getKey());
                    if (gone) {
                        entry.getValue().close();
                    }
                    return gone;
                });
    }

    private void renamed(String host) {
        byId.values().stream().filter(live -> live.names(host)).forEach(LiveUpstream::rebuild);
    }

    /// Empty for an upstream that is not in force.
    public Optional<UpstreamHealth> health(String upstreamId) {
        return Optional.ofNullable(byId.get(upstreamId)).map(LiveUpstream::health);
    }

    /// All upstreams that are in force.
    public List<UpstreamHealth> health() {
        return byId.values().stream().map(LiveUpstream::health).toList();
    }

    /// Decides the health of a target, until traffic or a probe says otherwise.
    ///
    /// @param ip the one address that is meant; null for all that the target has
    public void mark(String upstreamId, String targetId, @Nullable String ip, boolean healthy) {
        LiveUpstream live = byId.get(upstreamId);
        if (live != null) {
            live.mark(targetId, ip, healthy);
        }
    }

    @Override
    public void close() {
        byId.values().forEach(LiveUpstream::close);
        names.close();
    }
}
