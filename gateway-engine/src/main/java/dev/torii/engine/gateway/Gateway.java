package dev.torii.engine.gateway;

import dev.torii.engine.admin.AdminServer;
import dev.torii.engine.admin.AdminServer.Mapping;
import dev.torii.engine.admin.AdminServlet;
import dev.torii.engine.admin.ConfigFilesServlet;
import dev.torii.engine.admin.FileBackedConfig;
import dev.torii.engine.admin.FileEntityMaker;
import dev.torii.engine.admin.HistoryServlet;
import dev.torii.engine.admin.LogLevelServlet;
import dev.torii.engine.admin.MetricsServlet;
import dev.torii.engine.admin.NodeInfo;
import dev.torii.engine.admin.SecretsServlet;
import dev.torii.engine.admin.StatusReport;
import dev.torii.engine.admin.StatusServlet;
import dev.torii.engine.admin.ToriiServlet;
import dev.torii.engine.admin.Traffic;
import dev.torii.engine.balancer.Balancers;
import dev.torii.engine.balancer.HealthChange;
import dev.torii.engine.balancer.Resolver;
import dev.torii.engine.balancer.VirtualSchedule;
import dev.torii.engine.declarative.ConfigFiles;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.plugin.PluginHandlers;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.provider.ProviderRegistry;
import dev.torii.engine.proxy.Clock;
import dev.torii.engine.proxy.GatewayServlet;
import dev.torii.engine.proxy.LiveConfig;
import dev.torii.engine.proxy.ProxyServer;
import dev.torii.engine.proxy.SecurePort;
import dev.torii.engine.settings.Settings;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.MemoryConfigStore;
import dev.torii.engine.store.Retention;
import dev.torii.engine.store.SecretStore;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.engine.store.SqliteUsageLedger;
import dev.torii.engine.store.StoreException;
import dev.torii.engine.telemetry.EventHub;
import dev.torii.engine.telemetry.ExchangeRecorder;
import dev.torii.engine.telemetry.Meters;
import dev.torii.engine.telemetry.PriceTable;
import dev.torii.engine.tls.LocalCertificate;
import dev.torii.engine.tls.ServerTls;
import dev.torii.engine.vault.EnvVault;
import dev.torii.engine.vault.References;
import dev.torii.engine.vault.ToriiVault;
import dev.torii.engine.vault.VaultRegistry;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.HealthEvent;
import dev.torii.model.api.RunningEngine;
import dev.torii.model.api.ToriiVersion;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running engine. All collaborators are made and wired here, and only here; closing it takes
/// them down in reverse order, so that nothing is lost of what the last requests left.
public final class Gateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final String USAGE_DATABASE = "usage.db";

    private final Settings settings;
    private final String nodeId = UUID.randomUUID().toString();
    private final InstantSource clock = InstantSource.system();
    private final long startedAt = clock.millis();
    private final Deque<AutoCloseable> open;

    private final PluginRegistry plugins;
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final ConfigStore store;
    private final @Nullable FileBackedConfig file;
    private final LiveConfig live;
    private final ExchangeRecorder recorder;
    private final GatewayServlet servlet;
    private final ProxyServer proxy;
    private final AdminServer status;
    private final AdminServer admin;

    /// @param open takes what has been opened, the last on top
    private Gateway(Settings settings, Machine machine, Deque<AutoCloseable> open)
            throws IOException {
        this.settings = settings;
        this.open = open;
        plugins = PluginRegistry.discovered();
        var maker = new FileEntityMaker(plugins, clock);
        if (settings.config() == null) {
            store = opened(SqliteConfigStore.open(settings.dataDir(), plugins));
            file = null;
        } else {
            store = opened(new MemoryConfigStore());
            file = new FileBackedConfig(store, new Declarations(maker));
            ConfigFile.load(settings.config(), file, machine.environment());
        }
        SqliteUsageLedger ledger =
                opened(new SqliteUsageLedger(usageFile(), Retention.DEFAULT, clock));
        EventHub events = new EventHub();
        recorder =
                opened(
                        new ExchangeRecorder(
                                ledger, PriceTable::bundled, new Meters(metrics), events));
        SecurePort securePort = securePort();
        SecretStore secrets = SecretStore.open(settings.dataDir(), machine.keychain(), clock);
        References references =
                new References(
                        new VaultRegistry(
                                List.of(
                                        new EnvVault(machine.environment()),
                                        new ToriiVault(secrets))),
                        plugins);
        VirtualSchedule schedule = opened(new VirtualSchedule());
        Balancers balancers =
                opened(
                        new Balancers(
                                Resolver.SYSTEM,
                                schedule,
                                Clock.SYSTEM::nanos,
                                change -> events.health(event(change))));
        live =
                opened(
                        new LiveConfig(
                                new PluginHandlers(plugins, clock, metrics, balancers::health),
                                references,
                                balancers,
                                securePort == null ? null : securePort.tls(),
                                store.snapshot()));
        secrets.onChange(live::secretsChanged);
        ConfigAnnouncer announcer = new ConfigAnnouncer(events::config);
        store.onChange(snapshot -> {
            live.apply(snapshot);
            announcer.announce(snapshot);
        });
        servlet =
                new GatewayServlet(
                        live, ProviderRegistry.discovered(), recorder::close, Clock.SYSTEM);
        proxy = opened(new ProxyServer(settings.bind(), settings.proxyPort(), securePort, servlet));
        StatusReport report = new StatusReport(this::traffic, file == null ? null : file::hash);
        MetricsServlet metricsServlet = new MetricsServlet(metrics, recorder::flush);
        AdminServlet adminServlet =
                new AdminServlet(store, plugins, balancers, clock, this::node, report, file);
        status =
                opened(
                        AdminServer.startStatus(
                                settings.bind(),
                                settings.statusPort(),
                                settings.managerOrigins(),
                                List.of(
                                        new Mapping("/metrics/*", metricsServlet),
                                        new Mapping(
                                                "/",
                                                new StatusServlet(
                                                        report,
                                                        file == null ? null : adminServlet)))));
        EngineLog engineLog = opened(new EngineLog());
        admin =
                opened(
                        AdminServer.start(
                                LOOPBACK,
                                settings.adminPort(),
                                Set.of(),
                                settings.managerOrigins(),
                                List.of(
                                        new Mapping(
                                                "/torii/*",
                                                new ToriiServlet(
                                                        recorder, ledger, events, this::identity)),
                                        new Mapping(
                                                AdminPaths.CONFIG + "/*",
                                                new ConfigFilesServlet(
                                                        new ConfigFiles(store, maker),
                                                        file != null)),
                                        new Mapping(
                                                "/torii/secrets/*",
                                                new SecretsServlet(secrets, references, store)),
                                        new Mapping(
                                                AdminPaths.HISTORY + "/*",
                                                new HistoryServlet(store, plugins, clock)),
                                        new Mapping(
                                                "/metrics/*",
                                                new MetricsServlet(metrics, recorder::flush)),
                                        new Mapping(
                                                "/debug/*",
                                                new LogLevelServlet(engineLog, file != null)),
                                        new Mapping("/", adminServlet))));
        // Closed first: who listens to events would keep the admin port from closing.
        open.push(events);
    }

    /// Null where clients shall not speak TLS.
    private @Nullable SecurePort securePort() throws IOException {
        Integer port = settings.proxyTlsPort();
        if (port == null) {
            return null;
        }
        ServerTls tls = new ServerTls(LocalCertificate.in(settings.dataDir(), clock));
        return new SecurePort(port, tls);
    }

    private static HealthEvent event(HealthChange change) {
        return new HealthEvent(
                change.upstream(),
                change.upstreamId(),
                change.target(),
                change.address().text(),
                change.healthy() ? "HEALTHY" : "UNHEALTHY");
    }

    /// Starts the engine; it serves when this returns.
    ///
    /// @throws StartException when it cannot; nothing is left open then
    public static Gateway start(Settings settings) {
        return start(settings, Machine.ofThisProcess());
    }

    public static Gateway start(Settings settings, Machine machine) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            return new Gateway(settings, machine, open);
        } catch (StoreException | IOException | IllegalStateException e) {
            close(open);
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    public URI proxyUri() {
        return uri("http", proxy.address());
    }

    /// Null where clients cannot speak TLS.
    public @Nullable URI proxyTlsUri() {
        InetSocketAddress address = proxy.secureAddress();
        return address == null ? null : uri("https", address);
    }

    public URI adminUri() {
        return uri("http", admin.address());
    }

    public URI statusUri() {
        return uri("http", status.address());
    }

    private static URI uri(String scheme, InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress() ? LOOPBACK : address.getHostString();
        return URI.create(
                scheme
                        + "://"
                        + (host.contains(":") ? "[" + host + "]" : host)
                        + ":"
                        + address.getPort());
    }

    /// What other processes are told of this engine.
    public RunningEngine running() {
        return new RunningEngine(
                ProcessHandle.current().pid(),
                ToriiVersion.current(),
                proxyUri(),
                proxyTlsUri(),
                adminUri(),
                statusUri());
    }

    private Path usageFile() {
        return settings.dataDir().resolve(USAGE_DATABASE);
    }

    private Traffic traffic() {
        long active = proxy.active();
        return new Traffic(proxy.accepted(), active, 0, servlet.requests());
    }

    private NodeInfo node() {
        return new NodeInfo(
                nodeId, proxy.address(), proxy.secureAddress(), admin.address(), status.address());
    }

    private EngineIdentity identity() {
        InetSocketAddress secure = proxy.secureAddress();
        return new EngineIdentity(
                "torii",
                ToriiVersion.current(),
                ProcessHandle.current().pid(),
                store.snapshot().revision(),
                startedAt,
                clock.millis() - startedAt,
                new EngineIdentity.Store(
                        file == null ? "sqlite" : "file",
                        (settings.config() == null
                                        ? settings.dataDir().resolve(SqliteConfigStore.DATABASE)
                                        : settings.config())
                                .toString(),
                        usageFile().toString()),
                new EngineIdentity.Ports(
                        proxy.address().getPort(),
                        secure == null ? null : secure.getPort(),
                        admin.address().getPort(),
                        status.address().getPort()),
                recorder.health(),
                live.unresolved());
    }

    @Override
    public void close() {
        close(open);
    }

    private static void close(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            AutoCloseable resource = open.pop();
            try {
                resource.close();
            } catch (Exception e) {
                log.atWarn()
                        .addKeyValue("resource", resource.getClass().getSimpleName())
                        .setCause(e)
                        .log("did not close in good order");
            }
        }
    }
}
