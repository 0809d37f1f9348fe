package dev.torii.engine.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.router.RouteTable;
import dev.torii.engine.settings.Settings;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/// Measures what many services, each with a route and a plugin, cost: to store, to start with, to
/// change one of, and to find a route among. `packaging/bench/many-services.sh` runs it.
final class ManyServicesBench {

    private static final int STARTS = 3;
    private static final int WRITES = 200;
    private static final int MATCHES = 300_000;

    private final PrintStream out = System.out;
    private final PluginRegistry plugins = PluginRegistry.discovered();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int many;

    private ManyServicesBench(int many) {
        this.many = many;
    }

    public static void main(String[] arguments) throws Exception {
        new ManyServicesBench(arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]))
                .run();
        System.exit(0);
    }

    /// As a user starts it, script and all, until a request has gone through a route. The client is
    /// warm, since it is no part of a start.
    private void start(Path folder) throws Exception {
        long began = System.nanoTime();
        Process torii =
                new ProcessBuilder(
                                "./torii",
                                "start",
                                "--data-dir=" + folder,
                                "--proxy-port=0",
                                "--admin-port=0",
                                "--status-port=0")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            request("GET", proxy(torii).resolve("/s0/x"), "", 204);
            double taken = millis(began);
            // The script becomes the engine, so this is the CPU of both.
            long cpu = torii.info().totalCpuDuration().orElseThrow().toMillis();
            say(
                    taken,
                    "from ./torii start to the first answer through a route; CPU: %d ms"
                            .formatted(cpu));
        } finally {
            torii.destroy();
            torii.waitFor();
        }
    }

    private static URI proxy(Process torii) throws IOException {
        var said = torii.inputReader();
        String line = said.readLine();
        while (line != null && !line.startsWith("  Proxy ")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("torii did not start");
        }
        return URI.create(line.substring(line.indexOf("http")));
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("torii-bench");
        var upstream =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.start();
        int port = upstream.getAddress().getPort();
        List<Step> steps = steps(many, port);
        long began = System.nanoTime();
        try (var store = SqliteConfigStore.open(folder, plugins)) {
            store.write("bench", current -> new ConfigChange(steps, "import"));
        }
        say(
                millis(began),
                "import of %d services, routes and plugins in one write; CPU so far: %.0f ms"
                        .formatted(many, cpuNanos() / 1e6));
        request("GET", URI.create("http://127.0.0.1:" + port), "", 204);
        for (int i = 0; i < STARTS; i++) {
            start(folder);
        }
        try (Gateway gateway = Gateway.start(Settings.onFreePorts(folder))) {
            writes(gateway);
        }
        upstream.stop(0);
        for (int routes : new int[] {10, 100, 1_000, many}) {
            matching(routes, false);
            matching(routes, true);
        }
    }

    /// From sending the change to the first request that runs under it.
    private void writes(Gateway gateway) throws Exception {
        String[] changes = {
            "routes/r7 | {\"paths\":[\"/new%d\"]}",
            "plugins/p7 | {\"config\":{\"prompts\":{\"prepend\":[{\"role\":\"system\",\"content\":\"%d\"}]}}}",
            "services/s7 | {\"retries\":%d}",
            "consumers/c%d | {\"username\":\"c%1$d\"}",
        };
        for (String change : changes) {
            String[] parts = change.split(" \\| ", 2);
            boolean consumer = parts[0].startsWith("consumers");
            double[] taken = new double[WRITES];
            long cpu = cpuNanos();
            for (int i = 0; i < WRITES; i++) {
                int number = i + 1;
                long began = System.nanoTime();
                request(
                        consumer ? "PUT" : "PATCH",
                        gateway.adminUri().resolve("/" + parts[0].formatted(number)),
                        (consumer ? "{}" : parts[1]).formatted(number),
                        200);
                if (parts[0].startsWith("routes")) {
                    request("GET", gateway.proxyUri().resolve("/new" + number), "", 204);
                }
                taken[i] = millis(began);
            }
            double cpuMillis = (cpuNanos() - cpu) / 1e6 / WRITES;
            Arrays.sort(taken);
            say(
                    taken[WRITES / 2],
                    "one write to %s, in force: median; 99 %%: %.1f ms; CPU: %.1f ms"
                            .formatted(
                                    parts[0].replaceAll("/.*", ""),
                                    taken[WRITES * 99 / 100],
                                    cpuMillis));
        }
        long began = System.nanoTime();
        request("GET", gateway.adminUri().resolve("/routes?size=1000"), "", 200);
        say(millis(began), "a page of 1,000 routes");
        began = System.nanoTime();
        request("GET", gateway.adminUri().resolve("/torii/history?size=100"), "", 200);
        say(millis(began), "a page of 100 revisions");
        began = System.nanoTime();
        request("POST", gateway.adminUri().resolve("/torii/history/1/restore"), "", 200);
        say(millis(began), "restore of the import, after %d changes".formatted(WRITES * 4));
        began = System.nanoTime();
        request("POST", gateway.adminUri().resolve("/torii/history/0/restore"), "", 200);
        say(millis(began), "undo of the import as a whole");
    }

    private void matching(int routes, boolean byHost) throws Exception {
        ConfigSnapshot snapshot =
                ConfigSnapshot.empty().after(new ConfigChange(steps(routes, 80, byHost)));
        RouteTable table =
                RouteTable.EMPTY.with(
                        snapshot.byId(EntityKind.ROUTES).keySet(),
                        snapshot::route,
                        snapshot::service);
        FakeClientRequest[] requests = new FakeClientRequest[routes];
        for (int i = 0; i < routes; i++) {
            requests[i] =
                    byHost
                            ? FakeClientRequest.get("/x").host("h" + i + ".test")
                            : FakeClientRequest.get("/s" + i + "/x");
        }
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long began = System.nanoTime();
            int found = 0;
            for (int i = 0; i < MATCHES; i++) {
                found += table.match(requests[(i * 31) % routes]) == null ? 0 : 1;
            }
            if (found != MATCHES) {
                throw new IllegalStateException("a route was not found");
            }
            best = Math.min(best, (System.nanoTime() - began) / (double) MATCHES);
        }
        out.printf(
                "%10.0f ns  match of one of %d routes by %s%n",
                best, routes, byHost ? "host" : "path");
    }

    private List<Step> steps(int count, int port) throws Exception {
        return steps(count, port, false);
    }

    private List<Step> steps(int count, int port, boolean byHost) throws Exception {
        Schema decorator =
                EntitySchemas.ofPlugin(plugins.schema("ai-prompt-decorator").orElseThrow());
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String serviceId = id("service", i);
            String routeId = id("route", i);
            ObjectNode service =
                    object(
                            "{\"id\":\"%s\",\"name\":\"s%d\",\"host\":\"127.0.0.1\",\"port\":%d}"
                                    .formatted(serviceId, i, port));
            ObjectNode route =
                    object(
                            "{\"id\":\"%s\",\"name\":\"r%d\",\"service\":{\"id\":\"%s\"}}"
                                    .formatted(routeId, i, serviceId));
            route.putArray(byHost ? "hosts" : "paths").add(byHost ? "h" + i + ".test" : "/s" + i);
            ObjectNode plugin =
                    object(
                            """
                            {"id":"%s","name":"ai-prompt-decorator","instance_name":"p%d",
                             "enabled":%b,"route":{"id":"%s"},
                             "config":{"prompts":{"append":[{"role":"user","content":"be brief"}]}}}\
                            """
                                    .formatted(id("plugin", i), i, i != 0 && i != 7, routeId));
            put(steps, EntityKind.SERVICES, EntitySchemas.of(EntityKind.SERVICES), service);
            put(steps, EntityKind.ROUTES, EntitySchemas.of(EntityKind.ROUTES), route);
            put(steps, EntityKind.PLUGINS, decorator, plugin);
        }
        return steps;
    }

    private static String id(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + number).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void put(List<Step> steps, EntityKind kind, Schema schema, ObjectNode entity) {
        ObjectNode complete = EntitySchemas.fill(kind, schema, entity);
        steps.add(new Step.Put(kind, complete.path("id").asText(), complete));
    }

    private static ObjectNode object(String json) throws Exception {
        return (ObjectNode) Json.parse(json);
    }

    private void request(String method, URI uri, String body, int expected)
            throws IOException, InterruptedException {
        var response =
                client.send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IllegalStateException(
                    method + " " + uri + ": " + response.statusCode() + " " + response.body());
        }
    }

    private void say(double millis, String what) {
        out.printf("%10.1f ms  %s%n", millis, what);
    }

    /// Of all threads of this process, the client's too.
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }
}
