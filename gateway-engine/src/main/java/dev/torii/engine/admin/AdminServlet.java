package dev.torii.engine.admin;

import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.StoreException;
import dev.torii.model.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kong's Admin API. Plain blocking code: it runs on virtual threads.
public final class AdminServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(AdminServlet.class);

    private final transient EntityResource entities;
    private final transient SchemaResource schemas;
    private final transient InfoResource info;

    /// Answers for this store and these plugins.
    ///
    /// @param node asked at each request, since ports may be known only after the start
    public AdminServlet(
            ConfigStore store,
            PluginRegistry plugins,
            InstantSource clock,
            Supplier<NodeInfo> node,
            StatusReport status) {
        var drafts = new Drafts(new RuleBook(plugins), clock);
        this.entities = new EntityResource(store, drafts);
        this.schemas = new SchemaResource(plugins, drafts);
        this.info = new InfoResource(store, plugins, node, status);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long started = System.nanoTime();
        Answer answer;
        try {
            answer = answer(request, response);
        } catch (ProblemException problem) {
            answer = problem.answer();
            closeIfUnread(request, response, answer);
        } catch (StoreException e) {
            log.atError().addKeyValue("path", collection(request)).setCause(e).log("not stored");
            answer = Answer.message(500, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            // The client has gone, or sent less than it promised: nothing that an operator can
            // mend.
            answer = Answer.message(400, "The request's body ended too early");
            response.setHeader("Connection", "close");
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("path", collection(request))
                    .setCause(e)
                    .log("an Admin API request failed");
            answer = Answer.message(500, "An unexpected error occurred");
        }
        AdminHeaders.cors(request, response);
        AdminHeaders.latency(response, System.nanoTime() - started);
        write(answer, request, response);
    }

    private Answer answer(HttpServletRequest request, HttpServletResponse response) {
        List<String> path = UrlEncoded.segments(request.getRequestURI());
        Place place = Place.of(path).orElseThrow(Problems::notFound);
        String method = request.getMethod();
        if (method.equals("OPTIONS")) {
            allow(place, request, response);
            return Answer.NO_CONTENT;
        }
        if (method.equals("HEAD")) {
            method = "GET";
        }
        if (!place.methods().contains(method)) {
            throw Problems.methodNotAllowed();
        }
        Map<String, String> query = new HashMap<>();
        UrlEncoded.arguments(request.getQueryString())
                .forEach(argument -> query.put(argument.getKey(), argument.getValue()));
        return answer(
                place,
                new AdminCall(
                        ClientName.of(request), method, query, () -> BodyReader.read(request)));
    }

    private Answer answer(Place place, AdminCall call) {
        return switch (place) {
            case Place.Collection(var kind) -> entities.collection(kind, call);
            case Place.Item(var kind, var key) -> entities.item(kind, key, call);
            case Place.Children(var parent, var relation) ->
                    entities.children(parent, relation, call);
            case Place.Child(var parent, var relation, var key) ->
                    entities.child(parent, relation, key, call);
            case Place.Parent(var child, var relation) -> entities.parent(child, relation, call);
            case Place.Info(var page) -> info.answer(page, call);
            case Place.EntitySchema(var name) -> schemas.entity(name);
            case Place.PluginSchema(var name, var configOnly) -> schemas.plugin(name, configOnly);
            case Place.Validation(var name) -> schemas.validate(name, call);
        };
    }

    /// The first segment alone: the next may be a key.
    private static String collection(HttpServletRequest request) {
        String path = request.getRequestURI();
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    /// After a body that was not read to its end, the connection is of no use; the client is told.
    private static void closeIfUnread(
            HttpServletRequest request, HttpServletResponse response, Answer answer) {
        String type = request.getContentType();
        if (answer.status() == 413 || (type != null && type.startsWith("multipart/"))) {
            response.setHeader("Connection", "close");
        }
    }

    private static void allow(
            Place place, HttpServletRequest request, HttpServletResponse response) {
        var methods = new TreeSet<>(place.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        AdminHeaders.allow(request, response, String.join(", ", methods));
    }

    private static void write(
            Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.status());
        if (answer.body() == null) {
            return;
        }
        byte[] body = Json.bytes(answer.body());
        response.setContentType(KongHeaders.JSON);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
