package dev.torii.engine.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// The headers that say what may be sent to a path.
final class AdminHeaders {

    private AdminHeaders() {}

    static void allow(HttpServletRequest request, HttpServletResponse response, String methods) {
        response.setHeader("Allow", methods);
        response.setHeader("Access-Control-Allow-Methods", methods);
        String wanted = request.getHeader("Access-Control-Request-Headers");
        response.setHeader(
                "Access-Control-Allow-Headers", wanted == null ? "Content-Type" : wanted);
    }
}
