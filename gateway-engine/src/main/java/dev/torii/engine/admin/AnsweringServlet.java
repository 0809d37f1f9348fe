package dev.torii.engine.admin;

import dev.torii.engine.openapi.SelfDescribing;
import dev.torii.engine.store.StoreException;
import dev.torii.model.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads requests of the admin port and writes what its endpoints answer, problems included. Plain
/// blocking code: it runs on virtual threads.
abstract class AnsweringServlet extends HttpServlet implements SelfDescribing {

    @Serial private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(AnsweringServlet.class);

    private static final int DROPPED_AT_ONCE = 64 * 1024;
    private static final long MOST_DROPPED = 256L * 1024 * 1024;

    /// What answers at a path.
    ///
    /// @param methods those that it answers; `HEAD` and `OPTIONS` are answered everywhere
    record Endpoint(Set<String> methods, Function<AdminCall, Answer> handler) {}

    /// Finds what answers at a path.
    ///
    /// @param path its decoded segments
    /// @throws ProblemException when nothing does
    abstract Endpoint endpoint(List<String> path);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
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
        write(answer, request, response);
        readToEnd(request, response);
    }

    /// A connection that is closed while its client still writes is reset, and the answer is lost
    /// on the way: so the client is heard out, within limits.
    private static void readToEnd(HttpServletRequest request, HttpServletResponse response) {
        try {
            var in = request.getInputStream();
            if (in.isFinished()) {
                return;
            }
            response.flushBuffer();
            byte[] dropped = new byte[DROPPED_AT_ONCE];
            long left = MOST_DROPPED;
            for (int n = 0; n >= 0 && left > 0; left -= n) {
                n = in.read(dropped);
            }
        } catch (IOException e) {
            // It has gone, or waits to be told to go on: both end here.
        }
    }

    private Answer answer(HttpServletRequest request, HttpServletResponse response) {
        Endpoint endpoint = endpoint(UrlEncoded.segments(request.getRequestURI()));
        String method = request.getMethod();
        if (method.equals("OPTIONS")) {
            allow(endpoint.methods(), request, response);
            return Answer.NO_CONTENT;
        }
        if (method.equals("HEAD")) {
            method = "GET";
        }
        if (!endpoint.methods().contains(method)) {
            throw Problems.methodNotAllowed();
        }
        Map<String, String> query = new HashMap<>();
        UrlEncoded.arguments(request.getQueryString())
                .forEach(argument -> query.put(argument.getKey(), argument.getValue()));
        return endpoint.handler()
                .apply(
                        new AdminCall(
                                ClientName.of(request),
                                method,
                                query,
                                new Precondition(request.getHeader("If-Match")),
                                () -> BodyReader.read(request),
                                () -> DocumentBody.read(request)));
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
            Set<String> answered, HttpServletRequest request, HttpServletResponse response) {
        var methods = new TreeSet<>(answered);
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
        if (answer.tag() != null) {
            response.setHeader("ETag", answer.tag());
        }
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
