package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.vault.VaultSchemas;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;

/// Answers `/schemas/…`: the schemas as they are, and whether an entity would be accepted.
final class SchemaResource {

    private final PluginRegistry plugins;
    private final Drafts drafts;

    SchemaResource(PluginRegistry plugins, Drafts drafts) {
        this.plugins = plugins;
        this.drafts = drafts;
    }

    Answer entity(String name) {
        return Answer.ok(
                served(
                        name.equals(TagResource.NAME)
                                ? TagResource.SCHEMA
                                : EntitySchemas.of(kind(name))));
    }

    Answer plugin(String name, boolean configOnly) {
        Schema schema =
                plugins.schema(name)
                        .orElseThrow(() -> Problems.plain(404, "No plugin named '" + name + "'"));
        return Answer.ok(configOnly ? config(schema) : served(schema));
    }

    Answer vault(String type) {
        return Answer.ok(
                served(
                        VaultSchemas.of(type)
                                .orElseThrow(() ->
                                        Problems.plain(404, "No vault named '" + type + "'"))));
    }

    Answer validate(String name, AdminCall call) {
        drafts.validate(kind(name), call.body());
        return Answer.message(200, "schema validation successful");
    }

    private static EntityKind kind(String name) {
        return EntityKind.ofSchemaName(name)
                .orElseThrow(() -> Problems.plain(404, "No entity named '" + name + "'"));
    }

    private static ObjectNode served(Schema schema) {
        ObjectNode json = schema.json().deepCopy();
        json.withArray("entity_checks");
        json.remove("cache_key");
        return json;
    }

    private static ObjectNode config(Schema schema) {
        ObjectNode answer = Json.object();
        var fields = answer.putArray("fields");
        for (var field : schema.json().path("fields")) {
            field.path("config").path("fields").forEach(fields::add);
        }
        answer.putArray("entity_checks");
        return answer;
    }
}
