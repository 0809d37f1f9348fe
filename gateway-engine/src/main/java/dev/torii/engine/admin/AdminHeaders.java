package dev.torii.engine.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;

/// The headers that Kong's clients and Kong Manager look for. Whom a browser may come from is not
/// decided here but by [AdminGuard], which has refused foreign pages before.
final class AdminHeaders {

    private AdminHeaders() {}

    static void cors(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        response.setHeader("Access-Control-Allow-Origin", origin == null ? "*" : origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
    }

    static void allow(HttpServletRequest request, HttpServletResponse response, String methods) {
        response.setHeader("Allow", methods);
        response.setHeader("Access-Control-Allow-Methods", methods);
        String wanted = request.getHeader("Access-Control-Request-Headers");
        response.setHeader(
                "Access-Control-Allow-Headers", wanted == null ? "Content-Type" : wanted);
    }

    static void latency(HttpServletResponse response, long nanos) {
        response.setHeader(
                "X-Kong-Admin-Latency", Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos)));
    }
}
