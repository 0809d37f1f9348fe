package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.json.Json;

/// What is taken and answered where a whole configuration goes in or out.
final class ConfigOperations {

    private static final String TAG = "config";

    private ConfigOperations() {}

    /// `/config`, as in Kong.
    static Operation config(ApiDocument api, String path, String method) {
        api.tag(TAG, "The whole configuration as one file.");
        if (method.equals("GET")) {
            return Operation.of("GET", path, "getConfig", "Get the configuration as YAML")
                    .tag(TAG)
                    .description("Only of a node whose configuration comes from a file.")
                    .answers(200, "The text.", inField())
                    .refuses(400, 500);
        }
        ObjectNode entities = Json.object().put("type", "object");
        entities.put("description", "The entities by kind and id.");
        return document(Operation.of("POST", path, "loadConfig", "Load another configuration"))
                .description("Only of a node whose configuration comes from a file.")
                .query("check_hash", "1 answers 304 to the text that is in force.", text())
                .query("flatten_errors", "1 gathers what is wrong by entity.", text())
                .answers(201, "What has been loaded.", entities)
                .answersEmpty(304, "The text is the one that is in force.")
                .answers(429, "Another configuration is being loaded.", message())
                .refuses(400, 413, 415, 500);
    }

    /// Torii's own import and export.
    static void describe(ApiDocument api) {
        api.add(
                document(
                                Operation.of(
                                        "POST",
                                        AdminPaths.CONFIG_IMPORT,
                                        "importConfig",
                                        "Make the configuration what a file says"))
                        .description(
                                "All at once or not at all; what the file does not have is deleted.")
                        .query("dry_run", "1 shows what would change and changes nothing.", text())
                        .query("merge", "1 deletes nothing.", text())
                        .query("select_tags", "Only entities with all of these tags.", text())
                        .query("skip_unsupported", "1 leaves out what Torii does not have.", text())
                        .query("revision", "The revision that the change is for.", text())
                        .answers(200, "What changes.", plan())
                        .refuses(400, 405, 409, 413, 415, 500));
        ObjectNode export = Json.object().put("type", "object");
        api.add(
                Operation.of(
                                "GET",
                                AdminPaths.CONFIG_EXPORT,
                                "exportConfig",
                                "Get the configuration as a file")
                        .tag(TAG)
                        .query("format", "json answers the document itself.", text())
                        .query("with_ids", "1 gives every entity its id.", text())
                        .query("mask_secrets", "1 puts masks in place of secrets.", text())
                        .query("torii", "1 adds what only Torii understands.", text())
                        .query("select_tags", "Only entities with all of these tags.", text())
                        .answers(200, "YAML in the field config, or the document.", export)
                        .refuses(500));
    }

    private static Operation document(Operation operation) {
        operation.tag(TAG);
        ObjectNode content = operation.content(false, "application/yaml", text());
        content.putObject("application/json").putObject("schema").put("type", "object");
        content.putObject("application/x-www-form-urlencoded").set("schema", inField());
        return operation;
    }

    private static ObjectNode plan() {
        ObjectNode plan = Json.object().put("type", "object");
        ObjectNode properties = plan.putObject("properties");
        properties.putObject("revision").put("type", "integer");
        properties.putObject("dry_run").put("type", "boolean");
        properties.putObject("summary").put("type", "object");
        properties
                .putObject("changes")
                .put("type", "array")
                .putObject("items")
                .put("type", "object");
        properties.putObject("notes").put("type", "array").putObject("items").put("type", "string");
        properties.fieldNames().forEachRemaining(plan.putArray("required")::add);
        return plan;
    }

    private static ObjectNode inField() {
        return object("config");
    }

    private static ObjectNode message() {
        return object("message");
    }

    private static ObjectNode object(String field) {
        ObjectNode object = Json.object().put("type", "object");
        object.putObject("properties").putObject(field).put("type", "string");
        object.putArray("required").add(field);
        return object;
    }

    private static ObjectNode text() {
        return Json.object().put("type", "string");
    }
}
