package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.FieldSchemas;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import java.util.Set;

/// What [NodeResource] answers.
final class NodeOperations {

    private static final String NODE = "node";

    private NodeOperations() {}

    static void describe(ApiDocument api) {
        tags(api);
        cache(api);
        FilterChains.describe(api);
        api.add(
                Operation.of("GET", "/endpoints", "listEndpoints", "List the paths")
                        .tag(NODE)
                        .answers(200, "The paths, with their keys in braces.", paths())
                        .refuses(500));
        api.add(
                Operation.of("GET", "/timers", "getTimers", "What Kong says of its timers")
                        .tag(NODE)
                        .answers(200, "No timers.", api.schema("timers", NodeOperations::timers))
                        .refuses(500));
        api.add(
                Operation.of("GET", "/status/dns", "getDnsStatus", "What Kong says of its DNS")
                        .tag(NODE)
                        .answers(501, "There are no such figures.", Types.objectWith("message")));
        for (String page : new String[] {"data-planes", "status"}) {
            String id = page.equals("status") ? "getClusterStatus" : "listDataPlanes";
            api.add(
                    Operation.of("GET", "/clustering/" + page, id, "Answers that there is none")
                            .tag(NODE)
                            .description("A cluster with a control plane is something else.")
                            .refuses(400));
        }
    }

    private static void tags(ApiDocument api) {
        ObjectNode row =
                api.schema(
                        "tag",
                        () ->
                                new FieldSchemas(FieldSchemas.Use.READ)
                                        .of(TagResource.SCHEMA, Set.of()));
        ObjectNode page = api.schema("tag.page", () -> EntityComponents.page(row));
        api.tag(TagResource.NAME, "Which entities bear which tags.");
        api.add(listing("/tags", "listTags", "List all tags, with what bears them", page));
        api.add(
                listing("/tags/{tag}", "listTagged", "List what bears a tag", page)
                        .pathParameter("tag", "The tag.", Types.text()));
    }

    private static Operation listing(String path, String id, String summary, ObjectNode page) {
        return EntityComponents.paged(Operation.of("GET", path, id, summary).tag(TagResource.NAME))
                .answers(200, "A page of them.", page)
                .refuses(400, 500);
    }

    private static void cache(ApiDocument api) {
        String why = "All that is configured is in memory as a whole: there is no cache.";
        api.add(
                Operation.of("DELETE", "/cache", "deleteCache", "Empty the cache")
                        .tag(NODE)
                        .description(why)
                        .answersEmpty(204, "It is empty."));
        api.add(cached("GET", "getCached", "Look into the cache").description(why).refuses(404));
        api.add(
                cached("DELETE", "deleteCached", "Take something out of the cache")
                        .description(why)
                        .answersEmpty(204, "It is not there."));
    }

    private static Operation cached(String method, String id, String summary) {
        return Operation.of(method, "/cache/{cache_key}", id, summary)
                .tag(NODE)
                .pathParameter("cache_key", "The key of what is cached.", Types.text());
    }

    private static ObjectNode paths() {
        ObjectNode list = Types.object();
        list.putObject("properties").set("data", Types.listOf(Types.text()));
        list.putArray("required").add("data");
        return list;
    }

    private static ObjectNode timers() {
        ObjectNode timers = Types.object();
        ObjectNode properties = timers.putObject("properties");
        properties.putObject("worker").put("type", "object");
        properties.putObject("stats").put("type", "object");
        timers.putArray("required").add("worker").add("stats");
        return timers;
    }
}
