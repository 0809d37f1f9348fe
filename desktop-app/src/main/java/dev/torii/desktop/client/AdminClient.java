package dev.torii.desktop.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.UsageReport;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The Admin API of the engine that the window works with. Calls block: make them on a background
/// thread. Entities travel as JSON objects, so that a field this version does not know survives an
/// edit.
public final class AdminClient {

    /// The author of changes in the history.
    private static final String CLIENT = "torii-desktop";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PAGE_SIZE = 1000;

    private final HttpClient http;
    private final Supplier<URI> admin;

    /// @param admin where the Admin API is now; asked before each call, since an engine may come
    ///   back on another port
    public AdminClient(HttpClient http, Supplier<URI> admin) {
        this.http = http;
        this.admin = admin;
    }

    /// Every entity of a kind, all pages of it.
    public List<ObjectNode> list(EntityKind kind) throws AdminProblem {
        return pages("/" + kind.path());
    }

    /// Every entity of a kind that belongs to a parent: the routes or plugins of a service.
    public List<ObjectNode> list(EntityKind parent, String key, EntityKind kind)
            throws AdminProblem {
        return pages(path(parent, key) + "/" + kind.path());
    }

    public ObjectNode get(EntityKind kind, String key) throws AdminProblem {
        return object("GET", path(kind, key), null);
    }

    public ObjectNode create(EntityKind kind, ObjectNode entity) throws AdminProblem {
        return object("POST", "/" + kind.path(), entity);
    }

    /// Creates below a parent, which becomes the new entity's reference.
    public ObjectNode create(EntityKind parent, String key, EntityKind kind, ObjectNode entity)
            throws AdminProblem {
        return object("POST", path(parent, key) + "/" + kind.path(), entity);
    }

    /// Changes the fields given and leaves the others.
    public ObjectNode update(EntityKind kind, String key, ObjectNode changes) throws AdminProblem {
        return object("PATCH", path(kind, key), changes);
    }

    /// Sets the entity to exactly what is given; it is created when there is none.
    public ObjectNode replace(EntityKind kind, String key, ObjectNode entity) throws AdminProblem {
        return object("PUT", path(kind, key), entity);
    }

    public void delete(EntityKind kind, String key) throws AdminProblem {
        send("DELETE", path(kind, key), null);
    }

    /// The schema of an entity kind, in the shape of [dev.torii.model.schema.Schema#json].
    public ObjectNode schema(EntityKind kind) throws AdminProblem {
        return object("GET", "/schemas/" + kind.schemaName(), null);
    }

    /// The schema of a plugin; its `config` record is what the plugin's form shows.
    public ObjectNode pluginSchema(String plugin) throws AdminProblem {
        return object("GET", "/schemas/plugins/" + escaped(plugin), null);
    }

    /// The plugins that the engine has, with their priorities.
    public SortedMap<String, Integer> pluginPriorities() throws AdminProblem {
        SortedMap<String, Integer> priorities = new TreeMap<>();
        object("GET", "/", null)
                .path("plugins")
                .path("available_on_server")
                .properties()
                .forEach(e -> priorities.put(e.getKey(), e.getValue().path("priority").asInt()));
        return priorities;
    }

    /// Which engine this is, and what it serves.
    public EngineIdentity identity() throws AdminProblem {
        return read(object("GET", AdminPaths.TORII, null), EngineIdentity.class);
    }

    /// Usage summed up; `query` is that of `/torii/usage`.
    public UsageReport usage(UsageQuery query) throws AdminProblem {
        return read(object("GET", AdminPaths.USAGE + "?" + query.text(), null), UsageReport.class);
    }

    /// The requests that began since a moment, newest first, at most `limit` of them.
    public List<RequestSummary> requests(Instant since, int limit) throws AdminProblem {
        List<RequestSummary> all = new ArrayList<>();
        String next =
                AdminPaths.REQUESTS
                        + "?from="
                        + since.toEpochMilli()
                        + "&size="
                        + Math.min(limit, PAGE_SIZE);
        while (next != null && all.size() < limit) {
            RequestPage page = read(object("GET", next, null), RequestPage.class);
            all.addAll(page.data());
            next = page.next();
        }
        return all;
    }

    private <T> T read(ObjectNode answer, Class<T> type) throws AdminProblem {
        try {
            return Json.convert(answer, type);
        } catch (IllegalArgumentException e) {
            throw foreign(admin.get());
        }
    }

    private List<ObjectNode> pages(String path) throws AdminProblem {
        List<ObjectNode> all = new ArrayList<>();
        String next = path + "?size=" + PAGE_SIZE;
        while (next != null) {
            ObjectNode page = object("GET", next, null);
            for (JsonNode entity : page.path("data")) {
                if (entity instanceof ObjectNode object) {
                    all.add(object);
                }
            }
            next = page.path("next").textValue();
        }
        return all;
    }

    private ObjectNode object(String method, String path, @Nullable ObjectNode body)
            throws AdminProblem {
        if (send(method, path, body) instanceof ObjectNode object) {
            return object;
        }
        throw foreign(admin.get());
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body)
            throws AdminProblem {
        URI base = admin.get();
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(TIMEOUT)
                        .header(AdminPaths.CLIENT_HEADER, CLIENT)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(Json.bytes(body)))
                        .build();
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw AdminProblem.unreachable(base.getAuthority());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdminProblem.unreachable(base.getAuthority());
        }
        JsonNode answer = parsed(response, base);
        if (response.statusCode() >= 400) {
            throw AdminProblem.of(response.statusCode(), answer);
        }
        return answer;
    }

    private static JsonNode parsed(HttpResponse<byte[]> response, URI base) throws AdminProblem {
        if (response.body().length == 0) {
            return Json.object();
        }
        try {
            return Json.parse(response.body());
        } catch (MalformedJsonException e) {
            throw foreign(base);
        }
    }

    private static AdminProblem foreign(URI base) {
        return new AdminProblem(
                AdminProblem.UNREACHABLE,
                "foreign answer",
                "What answers at " + base.getAuthority() + " is not Torii's Admin API",
                List.of());
    }

    private static String path(EntityKind kind, String key) {
        return "/" + kind.path() + "/" + escaped(key);
    }

    private static String escaped(String key) {
        return URLEncoder.encode(key, UTF_8).replace("+", "%20");
    }
}
