package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.balancer.Balancers;
import dev.torii.engine.balancer.FakeSchedule;
import dev.torii.engine.balancer.HealthChange;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.fake.Authority;
import dev.torii.engine.plugin.PluginHandlers;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.provider.ProviderRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.tls.LocalCertificate;
import dev.torii.engine.tls.ServerTls;
import dev.torii.engine.vault.References;
import dev.torii.engine.vault.VaultRegistry;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.SchemaDefaults;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// The proxy alone, with its configuration given as entities: no store, no Admin API, no ledger.
final class TestGateway implements AutoCloseable {

    private final Map<EntityKind, Map<String, ObjectNode>> entities =
            new EnumMap<>(EntityKind.class);
    private final BlockingQueue<Exchange> ended = new LinkedBlockingQueue<>();
    private final PluginRegistry plugins = PluginRegistry.discovered();
    private final FakeSchedule schedule = new FakeSchedule();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final BlockingQueue<HealthChange> healthChanges = new LinkedBlockingQueue<>();
    private final Balancers balancers =
            new Balancers(this::resolve, schedule, nanos::get, healthChanges::add);
    private final LiveConfig live;
    private final ProxyServer server;
    private final boolean secure;
    private final Path folder = Files.createTempDirectory("torii-test");
    private final LocalCertificate local = LocalCertificate.in(folder, InstantSource.system());
    private final ServerTls tls = new ServerTls(local);
    private long revision;

    TestGateway() throws Exception {
        this(false);
    }

    /// @param secure whether clients come over TLS
    TestGateway(boolean secure) throws Exception {
        this(secure, Duration.ofSeconds(15));
    }

    /// @param patience how long a stream may be silent
    TestGateway(boolean secure, Duration patience) throws Exception {
        this.secure = secure;
        PluginHandlers handlers =
                new PluginHandlers(
                        plugins,
                        InstantSource.system(),
                        new PrometheusRegistry(),
                        balancers::health);
        var references = new References(new VaultRegistry(List.of()), plugins);
        live =
                new LiveConfig(
                        handlers,
                        references,
                        balancers,
                        secure ? tls : null,
                        ConfigSnapshot.empty());
        GatewayServlet servlet =
                new GatewayServlet(
                        live, ProviderRegistry.discovered(), this::record, Clock.SYSTEM, patience);
        server = new ProxyServer("127.0.0.1", 0, secure ? new SecurePort(0, tls) : null, servlet);
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = names.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    /// What DNS says of a name, from the next look-up on.
    void name(String host, String... ips) {
        names.put(host, Stream.of(ips).map(InetAddress::ofLiteral).toList());
    }

    /// Time passes for health checks, for DNS and for latencies.
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        schedule.pass(time);
    }

    Balancers balancers() {
        return balancers;
    }

    /// The next change of a target's health; waits for it.
    HealthChange takeHealthChange() throws InterruptedException {
        HealthChange change = healthChanges.poll(10, TimeUnit.SECONDS);
        if (change == null) {
            throw new AssertionError("no target's health changed within 10 s");
        }
        return change;
    }

    private boolean record(Exchange exchange, Runnable onLog) {
        onLog.run();
        ended.add(exchange);
        return true;
    }

    int port() {
        return secure ? securePort() : plainPort();
    }

    int plainPort() {
        return server.address().getPort();
    }

    private int securePort() {
        return Objects.requireNonNull(server.secureAddress()).getPort();
    }

    String scheme() {
        return secure ? "https" : "http";
    }

    /// For clients that trust the certificate for localhost.
    SSLContext trusting() throws Exception {
        try (InputStream in = Files.newInputStream(LocalCertificate.fileIn(folder))) {
            return Authority.context(
                    null,
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    /// A bare connection, for what an HTTP client would not do.
    Socket connect() throws Exception {
        return secure
                ? trusting().getSocketFactory().createSocket("127.0.0.1", port())
                : new Socket(InetAddress.getLoopbackAddress(), port());
    }

    String url(String path) {
        return scheme() + "://127.0.0.1:" + port() + path;
    }

    /// The next exchange that has ended; waits for it.
    Exchange takeEnded() throws InterruptedException {
        Exchange exchange = ended.poll(10, TimeUnit.SECONDS);
        if (exchange == null) {
            throw new AssertionError("no exchange ended within 10 s");
        }
        return exchange;
    }

    /// Adds a service and gives its id.
    String service(String json) {
        return put(
                EntityKind.SERVICES,
                json,
                """
                {"protocol":"http","port":80,"path":null,"retries":5,"connect_timeout":60000,
                 "write_timeout":60000,"read_timeout":60000,"enabled":true}\
                """);
    }

    String route(String json) {
        return put(
                EntityKind.ROUTES,
                json,
                """
                {"protocols":["http","https"],"https_redirect_status_code":426,"regex_priority":0,
                 "strip_path":true,"preserve_host":false,"request_buffering":true,"response_buffering":true}\
                """);
    }

    /// Adds a route for a model, which its plugin asks and not its service; gives its id.
    String modelRoute(String path) {
        String name = path.substring(1);
        String service =
                service("{\"name\":\"%s-service\",\"host\":\"example.invalid\"}".formatted(name));
        return route(
                """
                {"name":"%s-route","paths":["%s"],"service":{"id":"%s"}}\
                """
                        .formatted(name, path, service));
    }

    String plugin(String json) {
        ObjectNode plugin = parse(json);
        var schema = plugins.find(plugin.path("name").textValue()).orElseThrow().type().schema();
        ObjectNode config =
                plugin.get("config") instanceof ObjectNode given ? given : Json.object();
        ObjectNode filled = SchemaDefaults.fill(schema, Json.object().set("config", config));
        plugin.set("config", filled.get("config"));
        return put(
                EntityKind.PLUGINS,
                plugin.toString(),
                """
                {"protocols":["http","https"],"enabled":true}\
                """);
    }

    String consumer(String json) {
        return put(EntityKind.CONSUMERS, json, "{}");
    }

    String key(String json) {
        return put(EntityKind.KEYAUTH_CREDENTIALS, json, "{\"created_at\":0}");
    }

    /// A certificate with another one for clients that need another type of key.
    void certificate(Authority.Issued main, Authority.Issued alternative, String serverName) {
        String id =
                put(
                        EntityKind.CERTIFICATES,
                        Json.object()
                                .put("cert", main.certificatePem())
                                .put("key", main.keyPem())
                                .put("cert_alt", alternative.certificatePem())
                                .put("key_alt", alternative.keyPem())
                                .toString(),
                        "{}");
        sni(serverName, id);
    }

    /// A certificate for server names; gives its id.
    String certificate(Authority.Issued issued, String... serverNames) {
        String id =
                put(
                        EntityKind.CERTIFICATES,
                        Json.object()
                                .put("cert", issued.certificatePem())
                                .put("key", issued.keyPem())
                                .toString(),
                        "{}");
        for (String name : serverNames) {
            sni(name, id);
        }
        return id;
    }

    void sni(String name, String certificateId) {
        ObjectNode sni = Json.object().put("id", name).put("name", name);
        sni.putObject("certificate").put("id", certificateId);
        put(EntityKind.SNIS, sni.toString(), "{}");
    }

    String authority(Authority authority) {
        return put(
                EntityKind.CA_CERTIFICATES,
                Json.object().put("cert", authority.pem()).put("cert_digest", "").toString(),
                "{}");
    }

    String upstream(String json) {
        return put(
                EntityKind.UPSTREAMS,
                SchemaDefaults.fill(EntitySchemas.of(EntityKind.UPSTREAMS), parse(json)).toString(),
                "{}");
    }

    String target(String upstream, String target, int weight) {
        return put(
                EntityKind.TARGETS,
                """
                {"upstream":{"id":"%s"},"target":"%s","weight":%d}\
                """
                        .formatted(upstream, target, weight),
                "{}");
    }

    void delete(EntityKind kind, String id) {
        entities.getOrDefault(kind, Map.of()).remove(id);
        apply();
    }

    private String put(EntityKind kind, String json, String defaults) {
        ObjectNode entity = parse(defaults);
        entity.setAll(parse(json));
        String id = entity.has("id") ? entity.get("id").textValue() : UUID.randomUUID().toString();
        entity.put("id", id);
        entities.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(id, entity);
        apply();
        return id;
    }

    private void apply() {
        Map<EntityKind, Map<String, ObjectNode>> copy = new EnumMap<>(EntityKind.class);
        entities.forEach((key, value) -> copy.put(key, new LinkedHashMap<>(value)));
        revision++;
        live.apply(new ConfigSnapshot(revision, copy));
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        live.close();
        balancers.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
