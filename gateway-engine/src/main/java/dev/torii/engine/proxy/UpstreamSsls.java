package dev.torii.engine.proxy;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.tls.UpstreamTls;
import dev.torii.model.config.Service;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The TLS settings of all services that have some of their own. Immutable.
final class UpstreamSsls {

    static final UpstreamSsls EMPTY = new UpstreamSsls(Map.of(), Map.of());

    private final Map<UpstreamTls, UpstreamSsl> bySettings;
    private final Map<String, UpstreamSsl> byService;

    private UpstreamSsls(
            Map<UpstreamTls, UpstreamSsl> bySettings, Map<String, UpstreamSsl> byService) {
        this.bySettings = bySettings;
        this.byService = byService;
    }

    /// Those of a snapshot. Settings that are as they were keep their connections.
    UpstreamSsls with(ConfigSnapshot snapshot) {
        Map<UpstreamTls, UpstreamSsl> settings = new HashMap<>();
        Map<String, UpstreamSsl> services = new HashMap<>();
        UpstreamTls.ofServices(snapshot)
                .forEach((service, tls) ->
                        services.put(
                                service,
                                settings.computeIfAbsent(
                                        tls,
                                        _ -> {
                                            UpstreamSsl last = bySettings.get(tls);
                                            return last == null ? new UpstreamSsl(tls) : last;
                                        })));
        return new UpstreamSsls(settings, services);
    }

    /// Null where the gateway's own settings hold.
    @Nullable UpstreamSsl of(@Nullable Service service) {
        return service == null ? null : byService.get(service.id());
    }
}
