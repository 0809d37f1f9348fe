package dev.torii.engine.plugin.prometheus;

import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.engine.balancer.UpstreamHealth.OfAddress;
import dev.torii.engine.balancer.UpstreamHealth.OfTarget;
import dev.torii.engine.balancer.UpstreamHealth.State;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// How the targets of upstreams are at the moment when the metrics are read.
final class HealthMetrics {

    private static final String SUBSYSTEM = "http";

    /// Of a target whose name does not resolve.
    private static final String NO_ADDRESS = "";

    private final Supplier<List<UpstreamHealth>> upstreams;
    private final Shown shown;

    HealthMetrics(PrometheusRegistry registry, Supplier<List<UpstreamHealth>> upstreams) {
        this.upstreams = upstreams;
        this.shown =
                new Shown(
                        registry,
                        GaugeWithCallback.builder()
                                .name("kong_upstream_target_health")
                                .help("Health of upstreams' targets: 1 for the state they are in.")
                                .labelNames("upstream", "target", "address", "state", "subsystem")
                                .callback(this::read)
                                .build());
    }

    void open() {
        shown.open();
    }

    void close() {
        shown.close();
    }

    private void read(GaugeWithCallback.Callback samples) {
        for (UpstreamHealth upstream : upstreams.get()) {
            for (OfTarget target : upstream.targets()) {
                if (target.addresses().isEmpty()) {
                    show(samples, upstream, target, NO_ADDRESS, upstream.state(target));
                }
                for (OfAddress one : target.addresses()) {
                    show(samples, upstream, target, one.address().text(), upstream.state(one));
                }
            }
        }
    }

    private static void show(
            GaugeWithCallback.Callback samples,
            UpstreamHealth upstream,
            OfTarget target,
            String address,
            State present) {
        for (State state : State.values()) {
            samples.call(
                    state == present ? 1 : 0,
                    upstream.name(),
                    target.target(),
                    address,
                    state.name().toLowerCase(Locale.ROOT),
                    SUBSYSTEM);
        }
    }
}
