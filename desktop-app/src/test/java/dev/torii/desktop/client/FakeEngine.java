package dev.torii.desktop.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// An engine for tests of the desktop app: the Admin API over entities in memory, Torii's own
/// endpoints, the event stream, and a proxy port that streams a chat. On free ports of the
/// loopback.
public final class FakeEngine implements AutoCloseable {

    /// A write that is to be refused: a status and the Admin API's error object.
    public record Refusal(int status, ObjectNode body) {}

    private final HttpServer admin;
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<EntityKind, Map<String, ObjectNode>> entities =
            new EnumMap<>(EntityKind.class);
    private final Map<String, ObjectNode> schemas = new LinkedHashMap<>();
    private final Map<String, Integer> plugins = new LinkedHashMap<>();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicLong revision = new AtomicLong(1);
    private final long startedAt;
    private volatile boolean hanging;
    private volatile ArrayNode usage = Json.array();
    private volatile ArrayNode requests = Json.array();
    private volatile FakeChat chat = FakeChat.saying("Hello", " from", " Torii");

    public FakeEngine() {
        this(Instant.now().minusSeconds(11_520));
    }

    /// @param startedAt when it says that it was started
    public FakeEngine(Instant startedAt) {
        this.startedAt = startedAt.toEpochMilli();
        for (EntityKind kind : EntityKind.values()) {
            entities.put(kind, new LinkedHashMap<>());
        }
        plugins.put("ai-proxy", 770);
        plugins.put("ai-models", 770);
        plugins.put("ai-prompt-guard", 771);
        plugins.put("ai-prompt-decorator", 772);
        plugins.put("ai-prompt-template", 773);
        plugins.put("key-auth", 1250);
        plugins.put("file-log", 9);
        plugins.put("prometheus", 13);
        admin = serve(this::answerAdmin);
        proxy = serve(exchange -> chat.answer(exchange));
    }

    private interface Answer {

        void to(HttpExchange exchange) throws IOException, MalformedJsonException;
    }

    private HttpServer serve(Answer answer) {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext(
                    "/",
                    exchange -> {
                        try (exchange) {
                            answer.to(exchange);
                        } catch (MalformedJsonException e) {
                            send(exchange, 400, error("bad request", "Cannot parse JSON body"));
                        }
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI adminUri() {
        return URI.create("http://127.0.0.1:" + admin.getAddress().getPort());
    }

    public URI proxyUri() {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    }

    /// Adds an entity as the Admin API would, and returns it with its id.
    public synchronized ObjectNode add(EntityKind kind, ObjectNode entity) {
        ObjectNode stored = entity.deepCopy();
        if (!stored.has("id")) {
            stored.put("id", UUID.randomUUID().toString());
        }
        stored.put("created_at", startedAt / 1000).put("updated_at", startedAt / 1000);
        stored(kind).put(stored.path("id").textValue(), stored);
        revision.incrementAndGet();
        return stored;
    }

    private Map<String, ObjectNode> stored(EntityKind kind) {
        return Objects.requireNonNull(entities.get(kind));
    }

    public synchronized List<ObjectNode> all(EntityKind kind) {
        return List.copyOf(stored(kind).values());
    }

    /// What `/schemas/{name}` and `/schemas/plugins/{name}` answer.
    public void schema(String name, ObjectNode schema) {
        schemas.put(name, schema);
    }

    /// The next write gets this instead of being done.
    public void refuseNextWrite(int status, ObjectNode body) {
        refusals.add(new Refusal(status, body));
    }

    /// The rows that `/torii/usage` answers, whatever was asked.
    public void usage(ArrayNode rows) {
        usage = rows;
    }

    /// What `/torii/requests` lists.
    public void requests(ArrayNode rows) {
        requests = rows;
    }

    public void chat(FakeChat answer) {
        chat = answer;
    }

    /// Method and path of every call of the Admin API so far.
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /// From now on the event stream stays open and says nothing, as that of an engine that hangs.
    public void hang() {
        hanging = true;
    }

    /// Whether somebody follows the events.
    public boolean followed() {
        return !listeners.isEmpty();
    }

    /// Sends an event to everybody who follows.
    public void emit(String event, Object data) {
        byte[] frame = ("event: " + event + "\ndata: " + Json.text(data) + "\n\n").getBytes(UTF_8);
        listeners.removeIf(listener -> !wrote(listener, frame));
    }

    private static boolean wrote(OutputStream listener, byte[] frame) {
        try {
            listener.write(frame);
            listener.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.stop(0);
        proxy.stop(0);
        threads.shutdownNow();
    }

    private void answerAdmin(HttpExchange exchange) throws IOException, MalformedJsonException {
        String path = exchange.getRequestURI().getPath();
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        switch (path) {
            case "/" -> send(exchange, 200, root());
            case "/torii" -> send(exchange, 200, identity());
            case "/torii/usage" ->
                    send(exchange, 200, object("data", usage.deepCopy()).put("dropped", 0));
            case "/torii/requests" -> {
                ObjectNode page = object("data", requests.deepCopy());
                page.putNull("next");
                page.putNull("offset");
                send(exchange, 200, page);
            }
            case "/torii/events" -> follow(exchange);
            default -> {
                if (path.startsWith("/schemas/")) {
                    ObjectNode schema = schemas.get(path.substring(path.lastIndexOf('/') + 1));
                    sendOrNotFound(exchange, Optional.ofNullable(schema));
                } else {
                    answerEntities(exchange, path.substring(1).split("/"));
                }
            }
        }
    }

    private synchronized void answerEntities(HttpExchange exchange, String[] steps)
            throws IOException, MalformedJsonException {
        String method = exchange.getRequestMethod();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!method.equals("GET") && !refusals.isEmpty()) {
            Refusal refusal = refusals.remove();
            send(exchange, refusal.status(), refusal.body());
            return;
        }
        EntityKind kind = EntityKind.ofPath(steps[0]).orElse(null);
        if (kind == null) {
            sendOrNotFound(exchange, Optional.empty());
            return;
        }
        switch (steps.length) {
            case 1 -> answerCollection(exchange, method, kind, body, Json.object());
            case 2 -> answerEntity(exchange, method, kind, steps[1], body);
            case 3 -> {
                Optional<ObjectNode> parent = find(kind, steps[1]);
                EntityKind children = EntityKind.ofPath(steps[2]).orElse(null);
                if (parent.isEmpty() || children == null) {
                    sendOrNotFound(exchange, Optional.empty());
                    return;
                }
                String name = kind.path().substring(0, kind.path().length() - 1);
                ObjectNode reference = Json.object();
                reference.putObject(name).put("id", parent.get().path("id").textValue());
                answerCollection(exchange, method, children, body, reference);
            }
            default -> sendOrNotFound(exchange, Optional.empty());
        }
    }

    private void answerCollection(
            HttpExchange exchange,
            String method,
            EntityKind kind,
            byte[] body,
            ObjectNode reference)
            throws IOException, MalformedJsonException {
        if (method.equals("POST")) {
            ObjectNode entity = (ObjectNode) Json.parse(body);
            entity.setAll(reference);
            ObjectNode stored = add(kind, entity);
            changed(kind, stored, "create");
            send(exchange, 201, stored);
            return;
        }
        ArrayNode page = Json.array();
        for (ObjectNode entity : stored(kind).values()) {
            boolean belongs =
                    reference.properties().stream()
                            .allMatch(e -> e.getValue().equals(entity.get(e.getKey())));
            if (belongs) {
                page.add(entity);
            }
        }
        ObjectNode answer = object("data", page);
        answer.putNull("next");
        send(exchange, 200, answer);
    }

    private void answerEntity(
            HttpExchange exchange, String method, EntityKind kind, String key, byte[] body)
            throws IOException, MalformedJsonException {
        Optional<ObjectNode> found = find(kind, key);
        if (found.isEmpty() && method.equals("PUT")) {
            ObjectNode created = add(kind, ((ObjectNode) Json.parse(body)).put("id", key));
            changed(kind, created, "create");
            send(exchange, 200, created);
            return;
        }
        if (found.isEmpty()) {
            sendOrNotFound(exchange, found);
            return;
        }
        ObjectNode entity = found.get();
        switch (method) {
            case "PATCH" -> {
                merge(entity, (ObjectNode) Json.parse(body));
                changed(kind, entity, "update");
                send(exchange, 200, entity);
            }
            case "PUT" -> {
                ObjectNode replacement = (ObjectNode) Json.parse(body);
                replacement.set("id", entity.get("id"));
                stored(kind).put(entity.path("id").textValue(), replacement);
                changed(kind, replacement, "update");
                send(exchange, 200, replacement);
            }
            case "DELETE" -> {
                stored(kind).remove(entity.path("id").textValue());
                changed(kind, entity, "delete");
                exchange.sendResponseHeaders(204, -1);
            }
            default -> send(exchange, 200, entity);
        }
    }

    private Optional<ObjectNode> find(EntityKind kind, String key) {
        return stored(kind).values().stream()
                .filter(entity ->
                        key.equals(entity.path("id").textValue())
                                || key.equals(
                                        entity.path(String.valueOf(kind.endpointKey()))
                                                .textValue()))
                .findFirst();
    }

    private static void merge(ObjectNode into, ObjectNode changes) {
        changes.properties()
                .forEach(e -> {
                    if (into.get(e.getKey()) instanceof ObjectNode inner
                            && e.getValue() instanceof ObjectNode change) {
                        merge(inner, change);
                    } else {
                        into.set(e.getKey(), e.getValue());
                    }
                });
    }

    private void changed(EntityKind kind, ObjectNode entity, String op) {
        ObjectNode event = Json.object();
        event.put("revision", revision.incrementAndGet())
                .put("kind", kind.schemaName())
                .put("id", entity.path("id").textValue())
                .put("op", op);
        emit("config", event);
    }

    private void follow(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(": follow\n\n".getBytes(UTF_8));
        out.flush();
        listeners.add(out);
        try {
            for (int i = 0; listeners.contains(out); i++) {
                Thread.sleep(20);
                if (i % 25 == 0 && !hanging) {
                    out.write(": still here\n\n".getBytes(UTF_8));
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ObjectNode root() {
        ObjectNode root = Json.object();
        root.put("version", "3.10.0");
        ObjectNode available = root.putObject("plugins").putObject("available_on_server");
        plugins.forEach((name, priority) -> available.putObject(name).put("priority", priority));
        return root;
    }

    private ObjectNode identity() {
        ObjectNode identity = Json.object();
        identity.put("name", "torii")
                .put("version", "0.1.0")
                .put("pid", ProcessHandle.current().pid())
                .put("revision", revision.get())
                .put("started_at", startedAt)
                .put("uptime_ms", Instant.now().toEpochMilli() - startedAt);
        identity.putObject("store")
                .put("kind", "sqlite")
                .put("config", "config.db")
                .put("usage", "usage.db");
        identity.putObject("ports")
                .put("proxy", proxy.getAddress().getPort())
                .put("admin", admin.getAddress().getPort())
                .put("status", 0);
        identity.putObject("recording").put("dropped", 0).putNull("problem");
        return identity;
    }

    private static ObjectNode object(String name, ArrayNode value) {
        ObjectNode object = Json.object();
        object.set(name, value);
        return object;
    }

    private static ObjectNode error(String name, String message) {
        return Json.object().put("name", name).put("message", message);
    }

    private static void sendOrNotFound(HttpExchange exchange, Optional<ObjectNode> answer)
            throws IOException {
        if (answer.isPresent()) {
            send(exchange, 200, answer.get());
        } else {
            send(exchange, 404, Json.object().put("message", "Not found"));
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body)
            throws IOException {
        byte[] bytes = Json.bytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
