package dev.torii.engine.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;

/// What the status port answers beside `/metrics`: `/status`, and whether the gateway is ready.
/// Source: Kong's Status API.
public final class StatusServlet extends ReadingServlet {

    @Serial private static final long serialVersionUID = 1L;

    private final transient StatusReport report;

    public StatusServlet(StatusReport report) {
        this.report = report;
    }

    @Override
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getRequestURI()) {
            case "/status", "/status/" -> {
                try {
                    json(response, 200, report.read(query(request)));
                } catch (IllegalArgumentException e) {
                    json(response, 400, Map.of("message", String.valueOf(e.getMessage())));
                }
            }
            // Whoever reaches this port reaches a gateway that serves: the proxy starts before it.
            case "/status/ready" -> json(response, 200, Map.of("message", "ready"));
            default -> json(response, 404, Map.of("message", "Not found"));
        }
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
        return query;
    }
}
