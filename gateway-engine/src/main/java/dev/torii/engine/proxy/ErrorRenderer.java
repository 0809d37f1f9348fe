package dev.torii.engine.proxy;

import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.dialect.completions.CompletionsDialect;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.plugin.Decision;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.QuotedQualityCSV;

/// Turns what went wrong into the answer that the client gets. Source: Kong's error templates.
final class ErrorRenderer {

    /// An answer of the gateway's own.
    record Rendered(int status, Map<String, String> headers, String body) {}

    /// Dialects whose clients know Kong's own errors.
    private static final Set<String> AS_KONG = Set.of(ChatDialect.NAME, CompletionsDialect.NAME);

    private ErrorRenderer() {}

    static Rendered render(GatewayError error, Exchange exchange) {
        return switch (error) {
            case GatewayError.NoRoute _ ->
                    message(404, "no Route matched with those values", exchange);
            case GatewayError.NoService _ ->
                    message(503, "no Service found with those values", exchange);
            case GatewayError.HttpsRequired required ->
                    httpsRequired(required.redirectStatus(), exchange);
            case GatewayError.BodyTooLarge tooLarge ->
                    message(
                            413,
                            "Payload too large: this route takes at most %d bytes (max_request_body_size)"
                                    .formatted(tooLarge.limit()),
                            exchange);
            case GatewayError.BadRequest _ -> message(400, "Bad request", exchange);
            case GatewayError.NameResolutionFailed _ ->
                    message(503, "name resolution failed", exchange);
            case GatewayError.NoHealthyTarget _ ->
                    message(503, "failure to get a peer from the ring-balancer", exchange);
            case GatewayError.UpstreamFailed _ ->
                    message(
                            502,
                            "An invalid response was received from the upstream server",
                            exchange);
            case GatewayError.UpstreamTimeout _ ->
                    message(504, "The upstream server is timing out", exchange);
            case GatewayError.Overloaded _ ->
                    message(503, "The upstream server is currently unavailable", exchange);
            case GatewayError.Loop loop -> message(508, sentence(loop), exchange);
            case GatewayError.NoCredential(String message) -> llm(500, message, exchange);
            case GatewayError.PluginFailed _, GatewayError.Unexpected _ ->
                    message(500, "An unexpected error occurred", exchange);
        };
    }

    private static String sentence(GatewayError.Loop loop) {
        return "%s leads back to this gateway (%s): give it the address of the server that shall answer"
                .formatted(
                        loop.service() == null
                                ? "The route"
                                : "The service '" + loop.service() + "'",
                        loop.address());
    }

    static Rendered render(Decision.Refuse refusal, Exchange exchange) {
        Rendered message = message(refusal.status(), refusal.message(), exchange);
        message.headers().putAll(refusal.headers());
        return message;
    }

    static Rendered render(Decision.Answer answer) {
        return new Rendered(answer.status(), answer.headers(), answer.body());
    }

    /// In the words of the client's dialect; `{"error":{"message":…}}`, as Kong has it, in those
    /// that Kong speaks.
    static Rendered llm(int status, String message, Exchange exchange) {
        return new Rendered(status, json(), dialectBody(status, message, exchange));
    }

    private static String dialectBody(int status, String message, Exchange exchange) {
        ClientCall client = exchange.decidedCall();
        if (client == null || AS_KONG.contains(client.dialect().name())) {
            return Json.text(Map.of("error", Map.of("message", message)));
        }
        return new String(
                client.dialect().writeError(LlmError.of(status, message)), StandardCharsets.UTF_8);
    }

    private static Map<String, String> json() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        return headers;
    }

    private static Rendered httpsRequired(int redirectStatus, Exchange exchange) {
        Rendered message = message(redirectStatus, "Please use HTTPS protocol", exchange);
        if (redirectStatus == 426) {
            message.headers().put("Connection", "Upgrade");
            message.headers().put("Upgrade", "TLS/1.2, HTTP/1.1");
        } else {
            ClientRequest request = exchange.request();
            String host = request.hostHeader().replaceFirst(":\\d+$", "");
            String query = request.query() == null ? "" : "?" + request.query();
            message.headers().put("Location", "https://" + host + request.path() + query);
        }
        return message;
    }

    private static Rendered message(int status, String message, Exchange exchange) {
        ClientCall client = exchange.decidedCall();
        if (client != null && !AS_KONG.contains(client.dialect().name())) {
            return llm(status, message, exchange);
        }
        String id = exchange.id();
        String type = contentType(exchange.request());
        String body =
                switch (type) {
                    case "text/plain" -> message + "\nrequest_id: " + id + "\n";
                    case "text/html" ->
                            """
                            <!doctype html>
                            <html>
                              <head>
                                <meta charset="utf-8">
                                <title>Error</title>
                              </head>
                              <body>
                                <h1>Error</h1>
                                <p>%s.</p>
                                <p>request_id: %s</p>
                              </body>
                            </html>
                            """
                                    .formatted(escaped(message), id);
                    case "application/xml" ->
                            """
                            <?xml version="1.0" encoding="UTF-8"?>
                            <error>
                              <message>%s</message>
                              <requestid>%s</requestid>
                            </error>
                            """
                                    .formatted(escaped(message), id);
                    default ->
                            "{\n  \"message\":%s,\n  \"request_id\":%s\n}"
                                    .formatted(Json.text(message), Json.text(id));
                };
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type + "; charset=utf-8");
        return new Rendered(status, headers, body);
    }

    /// The first type in the order of the client's preference that there is a template for; JSON
    /// otherwise.
    private static String contentType(ClientRequest request) {
        QuotedQualityCSV accept = new QuotedQualityCSV();
        request.headers("accept").forEach(accept::addValue);
        for (String value : accept.getValues()) {
            String type = value.split(";", 2)[0].trim();
            switch (type) {
                case "application/json", "text/plain", "text/html", "application/xml" -> {
                    return type;
                }
                case "*/*", "application/*" -> {
                    return "application/json";
                }
                default -> {}
            }
        }
        return "application/json";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
