package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.balancer.Balancers;
import dev.torii.engine.balancer.TargetAddress;
import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.engine.balancer.UpstreamHealth.OfAddress;
import dev.torii.engine.balancer.UpstreamHealth.OfTarget;
import dev.torii.engine.balancer.UpstreamHealth.State;
import dev.torii.engine.balancer.UpstreamHealth.Weight;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the targets of upstreams are, and a word from outside about it.
final class HealthResource {

    private static final Relation TARGETS =
            Relations.parent(EntityKind.TARGETS, "upstream").orElseThrow();

    private final EntityResource entities;
    private final Balancers balancers;
    private final Supplier<NodeInfo> node;

    HealthResource(EntityResource entities, Balancers balancers, Supplier<NodeInfo> node) {
        this.entities = entities;
        this.balancers = balancers;
        this.node = node;
    }

    /// `/upstreams/{key}/health`: target by target, or the upstream as a whole where
    /// `balancer_health` is 1.
    Answer health(String upstreamKey, AdminCall call) {
        ObjectNode upstream = entities.parentAt(upstreamKey, TARGETS, call);
        UpstreamHealth health = health(upstream);
        ObjectNode page =
                "1".equals(call.query().get("balancer_health"))
                        ? Json.object()
                                .<ObjectNode>set("data", whole(upstream, health))
                                .putNull("next")
                        : entities.page(
                                upstream,
                                TARGETS,
                                call,
                                target -> withHealth(target, health),
                                "/upstreams/" + UrlEncoded.encode(upstreamKey) + "/health");
        return Answer.ok(page.put("node_id", node.get().nodeId()));
    }

    private UpstreamHealth health(ObjectNode upstream) {
        return balancers.health(id(upstream)).orElseThrow(Problems::notFound);
    }

    private static String id(ObjectNode entity) {
        return entity.path("id").textValue();
    }

    private static ObjectNode withHealth(ObjectNode target, UpstreamHealth upstream) {
        ObjectNode shown = target.deepCopy();
        Optional<OfTarget> found = find(target, upstream);
        if (found.isEmpty()) {
            // It came this very moment, and its name is still being looked up.
            return shown.put("health", State.DNS_ERROR.name());
        }
        OfTarget health = found.get();
        shown.put("health", upstream.state(health).name());
        ObjectNode data = details(health);
        var addresses = data.putArray("addresses");
        for (OfAddress one : health.addresses()) {
            addresses.add(address(one).put("health", upstream.state(one).name()));
        }
        return shown.set("data", data);
    }

    private static Optional<OfTarget> find(ObjectNode target, UpstreamHealth upstream) {
        String id = id(target);
        return upstream.targets().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private static ObjectNode details(OfTarget target) {
        return Json.object()
                .put("host", target.host())
                .put("port", target.port())
                .put("dns", dns(target))
                .put("nodeWeight", target.weight())
                .set("weight", weight(target.sum()));
    }

    private static String dns(OfTarget target) {
        if (target.addresses().isEmpty()) {
            return "dns server error: 3 name error";
        }
        return target.addresses().getFirst().address().ip().contains(":") ? "AAAA" : "A";
    }

    private static ObjectNode weight(Weight weight) {
        return Json.object()
                .put("total", weight.total())
                .put("available", weight.available())
                .put("unavailable", weight.unavailable());
    }

    private static ObjectNode address(OfAddress address) {
        return Json.object()
                .put("ip", address.address().ip())
                .put("port", address.address().port())
                .put("weight", address.weight());
    }

    private static ObjectNode whole(ObjectNode upstream, UpstreamHealth health) {
        ObjectNode whole = Json.object();
        whole.put("health", health.state().name());
        whole.put("balancer_health", health.verdict().name());
        whole.set("id", upstream.get("id"));
        ObjectNode details = whole.putObject("details");
        details.put("healthy", health.healthy());
        details.set("weight", weight(health.weight()));
        var hosts = details.putArray("hosts");
        for (OfTarget target : health.targets()) {
            ObjectNode host = details(target);
            var addresses = host.putArray("addresses");
            target.addresses()
                    .forEach(one -> addresses.add(address(one).put("healthy", one.healthy())));
            hosts.add(host);
        }
        return whole;
    }

    /// Declares a target, or one of its addresses, healthy or not; checks may say otherwise later.
    Answer mark(Place.Verdict verdict, AdminCall call) {
        ObjectNode upstream = entities.parentAt(verdict.upstreamKey(), TARGETS, call);
        ObjectNode target = entities.childAt(upstream, TARGETS, verdict.targetKey());
        UpstreamHealth health = health(upstream);
        if (!health.checked()) {
            throw Problems.plain(
                    400, "no healthchecker found for " + upstream.path("name").textValue());
        }
        OfTarget found = find(target, health).orElseThrow(Problems::notFound);
        if (found.addresses().isEmpty()) {
            throw Problems.plain(
                    400,
                    "target '"
                            + found.target()
                            + "' has no address to mark, since its name does not resolve; check its"
                            + " spelling and DNS");
        }
        balancers.mark(id(upstream), found.id(), ip(found, verdict.address()), verdict.healthy());
        return Answer.NO_CONTENT;
    }

    private static @Nullable String ip(OfTarget target, @Nullable String address) {
        return address == null
                ? null
                : target.addresses().stream()
                        .map(OfAddress::address)
                        .filter(one -> one.ip().equals(address) || one.text().equals(address))
                        .map(TargetAddress::ip)
                        .findFirst()
                        .orElseThrow(Problems::notFound);
    }
}
