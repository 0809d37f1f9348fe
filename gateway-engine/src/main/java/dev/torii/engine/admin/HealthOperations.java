package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.balancer.UpstreamHealth.State;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;

/// What is asked and answered about the health of upstreams.
final class HealthOperations {

    private static final String TAG = EntityKind.UPSTREAMS.schemaName();

    private HealthOperations() {}

    static Operation health(ApiDocument api, EntityComponents entities, String path) {
        ObjectNode ofTargets = answer(api.schema("target.health", () -> target(entities)), true);
        ObjectNode ofWhole = answer(api.schema("upstream.health", HealthOperations::whole), false);
        ObjectNode either = Json.object();
        either.putArray("anyOf").add(ofTargets).add(ofWhole);
        return Operation.of("GET", path, "getHealthOfUpstream", "Get the health of an upstream")
                .tag(TAG)
                .query("balancer_health", "1 asks about the upstream as a whole.", Types.text())
                .query("size", "How many targets at most.", Types.integer())
                .query("offset", "Where to go on: the offset of the page before.", Types.text())
                .answers(200, "How its targets are, or how all of it is.", either)
                .refuses(400, 404, 500);
    }

    static Operation verdict(String path, Place.Verdict verdict) {
        boolean whole = verdict.address() == null;
        String word = verdict.healthy() ? "Healthy" : "Unhealthy";
        Operation operation =
                Operation.of(
                                "PUT",
                                path,
                                "mark" + (whole ? "Target" : "AddressOfTarget") + word,
                                "Declare "
                                        + (whole ? "a target " : "an address of a target ")
                                        + (verdict.healthy() ? "healthy" : "unhealthy"))
                        .tag(TAG)
                        .description("Until a health check says otherwise.")
                        .answersEmpty(204, "It counts as that now.")
                        .refuses(400, 404, 500);
        return whole
                ? operation
                : operation.pathParameter(
                        "address", "The address, with or without its port.", Types.text());
    }

    private static ObjectNode answer(ObjectNode data, boolean paged) {
        ObjectNode next = Json.object();
        next.putArray("type").add("string").add("null");
        ObjectNode fields = Json.object();
        fields.set("data", paged ? Types.listOf(data) : data);
        fields.set("next", next);
        fields.set("node_id", Types.text());
        ObjectNode answer = object(fields);
        if (paged) {
            answer.withObject("/properties").set("offset", Types.text());
        }
        return answer;
    }

    private static ObjectNode target(EntityComponents entities) {
        ObjectNode address = address().set("health", state());
        ObjectNode others = Json.object();
        others.set("health", state());
        others.set("data", object(details(address)));
        return entities.readWith(EntityKind.TARGETS, others);
    }

    private static ObjectNode whole() {
        ObjectNode host = details(address().set("healthy", Types.flag()));
        ObjectNode details = Json.object();
        details.set("healthy", Types.flag());
        details.set("weight", weight());
        details.set("hosts", Types.listOf(object(host)));
        ObjectNode whole = Json.object();
        whole.set("health", state());
        whole.set("balancer_health", state());
        whole.set("id", Types.text());
        whole.set("details", object(details));
        return object(whole);
    }

    private static ObjectNode details(ObjectNode address) {
        ObjectNode fields = Json.object();
        fields.set("host", Types.text());
        fields.set("port", Types.integer());
        fields.set("dns", Types.text());
        fields.set("nodeWeight", Types.integer());
        fields.set("weight", weight());
        fields.set("addresses", Types.listOf(object(address)));
        return fields;
    }

    private static ObjectNode address() {
        ObjectNode fields = Json.object();
        fields.set("ip", Types.text());
        fields.set("port", Types.integer());
        fields.set("weight", Types.integer());
        return fields;
    }

    private static ObjectNode weight() {
        ObjectNode fields = Json.object();
        for (String name : new String[] {"total", "available", "unavailable"}) {
            fields.set(name, Types.integer());
        }
        return object(fields);
    }

    private static ObjectNode state() {
        ObjectNode state = Types.text();
        var words = state.putArray("enum");
        for (State one : State.values()) {
            words.add(one.name());
        }
        return state;
    }

    /// An object with all of these fields and no others.
    private static ObjectNode object(ObjectNode fields) {
        ObjectNode object = Types.object();
        object.set("properties", fields);
        fields.fieldNames().forEachRemaining(object.putArray("required")::add);
        return object.put("additionalProperties", false);
    }
}
