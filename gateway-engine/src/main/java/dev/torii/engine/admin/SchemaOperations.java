package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.model.config.EntityKind;
import org.jspecify.annotations.Nullable;

/// What `/schemas/…` takes and answers.
final class SchemaOperations {

    private static final String TAG = "schemas";

    private SchemaOperations() {}

    static Operation entity(ApiDocument api, String path) {
        return Operation.of("GET", path, "getEntitySchema", "Get the schema of a kind of entity")
                .tag(TAG)
                .pathParameter("entity", "The kind's schema name.", kindsAndTags())
                .answers(200, "The schema, in Kong's language.", schema(api))
                .refuses(404, 500);
    }

    static Operation plugin(ApiDocument api, String path, boolean configOnly) {
        Operation operation =
                configOnly
                        ? Operation.of(
                                        "GET",
                                        path,
                                        "getPluginConfigSchema",
                                        "Get the schema of a plugin's config alone")
                                .deprecated()
                        : Operation.of("GET", path, "getPluginSchema", "Get a plugin's schema");
        return operation
                .tag(TAG)
                .pathParameter("plugin_name", "The plugin's name.", Types.text())
                .answers(200, "The schema, in Kong's language.", schema(api))
                .refuses(404, 500);
    }

    static Operation vault(ApiDocument api, String path) {
        return Operation.of("GET", path, "getVaultSchema", "Get the schema of a type of vaults")
                .tag(TAG)
                .pathParameter("type", "The type's name.", Types.text())
                .answers(200, "The schema, in Kong's language.", schema(api))
                .refuses(404, 500);
    }

    static Operation validation(String path, @Nullable ObjectNode example) {
        return Operation.of(
                        "POST",
                        path,
                        "validateEntity",
                        "Find out whether an entity is as it must be")
                .tag(TAG)
                .description(
                        "Looks at the entity alone: nothing is stored, and no other entity counts.")
                .pathParameter("entity", "The kind's schema name.", kinds())
                .body(true, Types.object(), example)
                .answers(200, "It is.", Types.objectWith("message"))
                .refuses(400, 404, 413, 415, 500);
    }

    private static ObjectNode kindsAndTags() {
        ObjectNode schema = kinds();
        schema.withArray("enum").add(TagResource.NAME);
        return schema;
    }

    private static ObjectNode kinds() {
        ObjectNode schema = Types.text();
        var names = schema.putArray("enum");
        for (EntityKind kind : EntityKind.values()) {
            names.add(kind.schemaName());
        }
        return schema;
    }

    private static ObjectNode schema(ApiDocument api) {
        return api.schema(
                "kong_schema",
                () -> {
                    ObjectNode schema = Types.object();
                    ObjectNode properties = schema.putObject("properties");
                    properties
                            .putObject("fields")
                            .put("type", "array")
                            .put("description", "One object with one key for each field, in order.")
                            .putObject("items")
                            .put("type", "object")
                            .put("minProperties", 1)
                            .put("maxProperties", 1)
                            .putObject("additionalProperties")
                            .put("type", "object")
                            .putArray("required")
                            .add("type");
                    properties
                            .putObject("entity_checks")
                            .put("type", "array")
                            .putObject("items")
                            .put("type", "object");
                    schema.putArray("required").add("fields").add("entity_checks");
                    return schema;
                });
    }
}
