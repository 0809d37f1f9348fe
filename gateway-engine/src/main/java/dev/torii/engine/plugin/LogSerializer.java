package dev.torii.engine.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Attempt;
import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.FormText;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.exchange.Timings;
import dev.torii.engine.exchange.TlsSession;
import dev.torii.model.config.Consumer;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The object that log plugins write of an ended exchange, in the shape that log collectors know
/// from Kong. Credentials in headers and queries are masked.
public final class LogSerializer {

    /// Torii has no workspaces; readers that sort by them find all in one.
    private static final String WORKSPACE = "00000000-0000-0000-0000-000000000000";

    private LogSerializer() {}

    public static ObjectNode serialize(Exchange exchange) {
        var secrets = new SecretNames(exchange);
        Outcome outcome = exchange.outcome();
        String upstreamUri = exchange.upstreamUri();
        ObjectNode entry = Json.object();
        entry.set("request", request(exchange, secrets));
        entry.put("upstream_uri", upstreamUri == null ? "" : secrets.masked(upstreamUri));
        entry.put("upstream_status", upstreamStatus(exchange.attempts()));
        entry.set("response", response(exchange, secrets));
        entry.set("latencies", latencies(exchange.timings()));
        if (!exchange.attempts().isEmpty()) {
            entry.set("tries", tries(exchange.attempts()));
        }
        identities(exchange, entry);
        entry.put("client_ip", exchange.request().clientIp());
        entry.put("started_at", exchange.timings().startedAtMillis());
        entry.put("source", outcome.source() == Outcome.Source.UPSTREAM ? "upstream" : "kong");
        entry.put("workspace", WORKSPACE);
        entry.put("workspace_name", "default");
        merge(entry, exchange.log());
        return entry;
    }

    private static ObjectNode request(Exchange exchange, SecretNames secrets) {
        ClientRequest request = exchange.request();
        String uri = secrets.masked(request.path(), request.query());
        ObjectNode node = Json.object();
        node.put("id", exchange.id());
        node.put("method", request.method());
        node.put("uri", uri);
        node.put(
                "url",
                request.scheme()
                        + "://"
                        + withoutPort(request.hostHeader())
                        + ':'
                        + request.localPort()
                        + uri);
        node.set("querystring", querystring(request, secrets));
        node.set("headers", headers(request.headers(), secrets));
        node.put("size", WireSize.request(exchange));
        TlsSession tls = request.tls();
        if (tls != null) {
            node.putObject("tls")
                    .put("version", tls.version())
                    .put("cipher", tls.cipher())
                    .put("client_verify", "NONE");
        }
        return node;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static ObjectNode querystring(ClientRequest request, SecretNames secrets) {
        ObjectNode node = Json.object();
        String query = request.query();
        if (query != null) {
            for (FormText.Pair pair : FormText.pairs(query)) {
                String value = secrets.contains(pair.name()) ? SecretNames.MASK : pair.value();
                add(
                        node,
                        pair.name(),
                        value == null ? node.booleanNode(true) : node.textNode(value));
            }
        }
        return node;
    }

    private static ObjectNode headers(Map<String, List<String>> headers, SecretNames secrets) {
        ObjectNode node = Json.object();
        headers.forEach((name, values) -> {
            if (secrets.contains(name)) {
                node.put(name, SecretNames.MASK);
            } else {
                values.forEach(value -> add(node, name, node.textNode(value)));
            }
        });
        return node;
    }

    /// A name that is there twice becomes an array.
    private static void add(ObjectNode node, String name, JsonNode value) {
        JsonNode present = node.get(name);
        if (present == null) {
            node.set(name, value);
        } else if (present instanceof ArrayNode array) {
            array.add(value);
        } else {
            node.putArray(name).add(present).add(value);
        }
    }

    private static ObjectNode response(Exchange exchange, SecretNames secrets) {
        ObjectNode node = Json.object();
        node.put("status", exchange.outcome().status());
        node.set("headers", headers(exchange.sentHeaders(), secrets));
        node.put("size", WireSize.response(exchange));
        return node;
    }

    private static ObjectNode latencies(Timings timings) {
        return Json.object()
                .put("kong", timings.gatewayMillis())
                .put("proxy", timings.upstreamMillis())
                .put("request", timings.totalMillis())
                .put("receive", timings.receiveMillis());
    }

    private static String upstreamStatus(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> Integer.toString(status(attempt)))
                .collect(Collectors.joining(", "));
    }

    private static ArrayNode tries(List<Attempt> attempts) {
        ArrayNode tries = Json.array();
        for (Attempt attempt : attempts) {
            ObjectNode node = tries.addObject();
            node.put("ip", attempt.host());
            node.put("port", attempt.port());
            node.put("balancer_start", attempt.startedAt());
            node.put("balancer_start_ns", attempt.startedAt() * 1_000_000);
            if (attempt.error() != null) {
                node.put("state", "failed");
                node.put("code", status(attempt));
            }
        }
        return tries;
    }

    /// What the client is told of an upstream that gave no status.
    private static int status(Attempt attempt) {
        if (attempt.status() != 0) {
            return attempt.status();
        }
        String error = attempt.error();
        return error != null && error.contains("timeout") ? 504 : 502;
    }

    private static void identities(Exchange exchange, ObjectNode entry) {
        Consumer consumer = exchange.consumer();
        if (exchange.credentialId() != null && consumer != null) {
            entry.putObject("authenticated_entity")
                    .put("id", exchange.credentialId())
                    .put("consumer_id", consumer.id());
        }
        MatchedRoute match = exchange.match();
        if (match != null) {
            entry.set("route", entity(match.route()));
            if (match.service() != null) {
                entry.set("service", entity(match.service()));
            }
        }
        if (consumer != null) {
            entry.set("consumer", entity(consumer));
        }
    }

    private static ObjectNode entity(Object entity) {
        ObjectNode node = Json.MAPPER.valueToTree(entity);
        return node.put("ws_id", WORKSPACE);
    }

    /// What plugins said comes last, and has the last word.
    private static void merge(ObjectNode into, ObjectNode from) {
        for (var field : from.properties()) {
            if (field.getValue() instanceof ObjectNode inner
                    && into.get(field.getKey()) instanceof ObjectNode outer) {
                merge(outer, inner);
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }
}
