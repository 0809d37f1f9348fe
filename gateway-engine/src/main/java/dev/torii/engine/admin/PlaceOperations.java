package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.config.Relation;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What each [Place] answers, for the OpenAPI document: one operation for each of its methods.
final class PlaceOperations {

    private final ApiDocument api;
    private final RuleBook rules;
    private final EntityComponents entities;
    private final Examples examples;

    PlaceOperations(ApiDocument api, PluginRegistry plugins, RuleBook rules) {
        this.api = api;
        this.rules = rules;
        this.entities = new EntityComponents(api, plugins, rules);
        this.examples = new Examples(plugins, rules);
    }

    void describe() {
        for (EntityKind kind : EntityKind.values()) {
            api.tag(kind.schemaName(), about(kind));
        }
        api.tag("node", "The gateway itself.");
        api.tag("schemas", "What entities look like, and whether one would be accepted.");
        PlaceTemplates.all()
                .forEach((path, place) -> {
                    for (String method : place.methods()) {
                        api.add(described(path, method, place));
                    }
                });
    }

    private Operation described(String path, String method, Place place) {
        return switch (place) {
            case Place.Collection(var kind) -> collection(path, method, kind);
            case Place.Item(var kind, var key) -> item(path, method, kind);
            case Place.Children(var parent, var relation) -> children(path, method, relation);
            case Place.Child(var parent, var relation, var key) -> child(path, method, relation);
            case Place.RawChildren(var parent, var relation) -> rawChildren(path, relation);
            case Place.Health(var upstream) ->
                    key(HealthOperations.health(api, entities, path), EntityKind.UPSTREAMS);
            case Place.Verdict verdict -> verdict(path, verdict);
            case Place.Parent(var child, var relation) -> parent(path, method, relation);
            case Place.Config _ -> ConfigOperations.config(api, path, method);
            case Place.Info(var page) -> InfoOperations.info(api, path, page);
            case Place.EntitySchema(var name) -> SchemaOperations.entity(api, path);
            case Place.PluginSchema(var name, var configOnly) ->
                    SchemaOperations.plugin(api, path, configOnly);
            case Place.VaultSchema(var type) -> SchemaOperations.vault(api, path);
            case Place.Validation(var name) ->
                    SchemaOperations.validation(path, example(EntityKind.CONSUMERS, Set.of()));
        };
    }

    private Operation collection(String path, String method, EntityKind kind) {
        if (method.equals("POST")) {
            return creating(
                    Operation.of("POST", path, "create" + name(kind), "Create " + one(kind)),
                    kind,
                    Set.of());
        }
        Operation list =
                Operation.of("GET", path, "list" + name(kind) + "s", "List the " + many(kind));
        String lookup = rules.of(kind).lookup();
        if (lookup != null) {
            list.query(
                    lookup,
                    "Only the one with this " + lookup + ".",
                    Types.text().put("minLength", 1));
        }
        list.query(
                "tags",
                "Only those with all of these tags (a,b) or with any of them (a/b); up to five.",
                Types.text());
        return listing(list, kind);
    }

    private Operation item(String path, String method, EntityKind kind) {
        Operation operation =
                switch (method) {
                    case "GET" -> Operation.of("GET", path, "get" + name(kind), "Get " + one(kind));
                    case "PUT" ->
                            Operation.of(
                                    "PUT",
                                    path,
                                    "upsert" + name(kind),
                                    "Create or replace " + one(kind));
                    case "PATCH" ->
                            Operation.of(
                                    "PATCH", path, "update" + name(kind), "Change " + one(kind));
                    default ->
                            Operation.of(
                                            "DELETE",
                                            path,
                                            "delete" + name(kind),
                                            "Delete " + one(kind))
                                    .description("Answers the same when there is none.");
                };
        key(operation, kind);
        return single(operation, method, kind, inPath(kind.endpointKey()));
    }

    private Operation children(String path, String method, Relation relation) {
        EntityKind kind = relation.child();
        EntityKind parent = relation.parent();
        String of = name(kind) + "Of" + name(parent);
        if (method.equals("POST")) {
            Operation create =
                    Operation.of(
                            "POST",
                            path,
                            "create" + of,
                            "Create " + one(kind) + " of " + one(parent));
            return creating(key(create, parent), kind, Set.of(relation.field())).refuses(404);
        }
        Operation list =
                Operation.of(
                        "GET",
                        path,
                        "list" + name(kind) + "sOf" + name(parent),
                        "List the " + many(kind) + " of " + one(parent));
        return listing(key(list, parent), kind).refuses(404);
    }

    private Operation rawChildren(String path, Relation relation) {
        EntityKind kind = relation.child();
        EntityKind parent = relation.parent();
        Operation list =
                Operation.of(
                        "GET",
                        path,
                        "listAll" + name(kind) + "sOf" + name(parent),
                        "List the " + many(kind) + " of " + one(parent) + " in order of id");
        return listing(key(list, parent), kind).refuses(404);
    }

    private Operation child(String path, String method, Relation relation) {
        EntityKind kind = relation.child();
        String of = " of " + one(relation.parent());
        String id = name(kind) + "Of" + name(relation.parent());
        boolean merges = method.equals("PUT") && rules.of(kind).putMergesBelowParent();
        Operation operation =
                switch (method) {
                    case "GET" -> Operation.of("GET", path, "get" + id, "Get " + one(kind) + of);
                    case "PUT" ->
                            merges
                                    ? Operation.of(
                                                    "PUT",
                                                    path,
                                                    "merge" + id,
                                                    "Change " + one(kind) + of)
                                            .description("Does what PATCH does, and makes none.")
                                    : Operation.of(
                                            "PUT",
                                            path,
                                            "upsert" + id,
                                            "Create or replace " + one(kind) + of);
                    case "PATCH" ->
                            Operation.of("PATCH", path, "update" + id, "Change " + one(kind) + of);
                    default ->
                            Operation.of("DELETE", path, "delete" + id, "Delete " + one(kind) + of);
                };
        String below = rules.of(kind).keyBelowParent();
        String key = kind.endpointKey() == null ? below : kind.endpointKey();
        key(key(operation, relation.parent()), kind, key);
        return single(operation, merges ? "PATCH" : method, kind, inPath(relation.field(), key))
                .refuses(404);
    }

    private Operation verdict(String path, Place.Verdict verdict) {
        EntityKind kind = verdict.relation().child();
        Operation operation = HealthOperations.verdict(path, verdict);
        key(operation, verdict.relation().parent());
        return key(operation, kind, rules.of(kind).keyBelowParent());
    }

    private Operation parent(String path, String method, Relation relation) {
        EntityKind kind = relation.parent();
        String field = EntityNames.capitalised(relation.field());
        String id = field + "OfThe" + name(relation.child());
        String what = "the " + relation.field().replace('_', ' ') + " of " + one(relation.child());
        Operation operation =
                switch (method) {
                    case "GET" -> Operation.of("GET", path, "get" + id, "Get " + what);
                    case "PUT" ->
                            Operation.of("PUT", path, "upsert" + id, "Create or replace " + what);
                    case "PATCH" -> Operation.of("PATCH", path, "update" + id, "Change " + what);
                    default ->
                            Operation.of("DELETE", path, "delete" + id, "Refused for " + what)
                                    .description(
                                            "There is no such operation: the answer is 405, or 404"
                                                    + " where there is nothing to delete.");
                };
        key(operation, relation.child());
        if (method.equals("DELETE")) {
            return operation.tag(kind.schemaName()).refuses(400, 404, 405, 500);
        }
        return single(operation, method, kind, Set.of()).refuses(404);
    }

    private Operation creating(Operation operation, EntityKind kind, Set<String> inPath) {
        return operation
                .tag(kind.schemaName())
                .body(true, entities.write(kind, inPath), example(kind, inPath))
                .answers(201, "It is there now.", entities.read(kind))
                .refuses(400, 405, 409, 413, 415, 500);
    }

    private Operation listing(Operation operation, EntityKind kind) {
        return EntityComponents.paged(operation.tag(kind.schemaName()))
                .answers(200, "A page of them.", entities.page(kind))
                .refuses(400, 500);
    }

    private Operation single(
            Operation operation, String method, EntityKind kind, Set<String> inPath) {
        operation.tag(kind.schemaName()).refuses(400, 500);
        if (!method.equals("GET")) {
            operation
                    .header(
                            "If-Match",
                            "The ETag that was read; 412 when the entity has another one by now.",
                            Types.text())
                    .refuses(412);
        }
        return switch (method) {
            case "GET" ->
                    operation.answers(200, "The one asked for.", entities.read(kind)).refuses(404);
            case "PUT" ->
                    operation
                            .body(true, entities.write(kind, inPath), example(kind, Set.of()))
                            .answers(200, "It is there now.", entities.read(kind))
                            .refuses(404, 405, 409, 413, 415);
            case "PATCH" ->
                    operation
                            .body(true, entities.patch(kind), null)
                            .answers(200, "As it is now.", entities.read(kind))
                            .refuses(404, 405, 409, 413, 415);
            default -> operation.answersEmpty(204, "It is gone.").refuses(405);
        };
    }

    private @Nullable ObjectNode example(EntityKind kind, Set<String> inPath) {
        return examples.of(kind).map(example -> example.<ObjectNode>without(inPath)).orElse(null);
    }

    private static Operation key(Operation operation, EntityKind kind) {
        return key(operation, kind, kind.endpointKey());
    }

    /// @param key the field that may stand for the id; null when none does
    private static Operation key(Operation operation, EntityKind kind, @Nullable String key) {
        return operation.pathParameter(
                kind.singular(),
                key == null ? "Its id." : "Its id or " + key + ".",
                Types.text().put("minLength", 1));
    }

    private static Set<String> inPath(@Nullable String... fields) {
        return Arrays.stream(fields).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static String about(EntityKind kind) {
        return EntitySchemas.of(kind)
                .root()
                .traits()
                .hints()
                .help()
                .getOrDefault("en", EntityNames.many(kind));
    }

    private static String name(EntityKind kind) {
        return EntityNames.capitalised(kind.singular());
    }

    private static String one(EntityKind kind) {
        return EntityNames.one(kind);
    }

    private static String many(EntityKind kind) {
        return EntityNames.many(kind);
    }
}
