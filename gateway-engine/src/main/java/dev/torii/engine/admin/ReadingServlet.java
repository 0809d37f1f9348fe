package dev.torii.engine.admin;

import dev.torii.model.json.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;

/// A servlet that is only read from: any method but `GET`, `HEAD` and `OPTIONS` is refused.
abstract class ReadingServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1L;

    private static final String METHODS = "GET, HEAD, OPTIONS";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> read(request, response);
            case "OPTIONS" -> {
                AdminHeaders.allow(request, response, METHODS);
                response.setStatus(204);
            }
            default -> {
                response.setHeader("Allow", METHODS);
                json(response, 405, Map.of("message", "Method not allowed"));
            }
        }
    }

    /// Answers `GET`, and `HEAD`, whose body is dropped on the way.
    abstract void read(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException;

    /// Whether the path is that of the servlet itself; one slash at the end counts for nothing.
    static boolean isItself(HttpServletRequest request) {
        String below = request.getPathInfo();
        return below == null || below.equals("/");
    }

    static void notFound(HttpServletResponse response) throws IOException {
        json(response, 404, Map.of("message", "Not found"));
    }

    static void json(HttpServletResponse response, int status, Object body) throws IOException {
        json(response, status, Json.bytes(body));
    }

    static void json(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(KongHeaders.JSON);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
