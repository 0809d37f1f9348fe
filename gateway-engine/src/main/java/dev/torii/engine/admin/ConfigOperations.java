package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.model.api.AdminPaths;

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
                    .answers(200, "The text.", Types.objectWith("config"))
                    .refuses(400, 500);
        }
        ObjectNode entities = Types.object();
        entities.put("description", "The entities by kind and id.");
        return document(Operation.of("POST", path, "loadConfig", "Load another configuration"))
                .description("Only of a node whose configuration comes from a file.")
                .query("check_hash", "1 answers 304 to the text that is in force.", Types.text())
                .query("flatten_errors", "1 gathers what is wrong by entity.", Types.text())
                .answers(201, "What has been loaded.", entities)
                .answersEmpty(304, "The text is the one that is in force.")
                .answers(429, "Another configuration is being loaded.", Types.objectWith("message"))
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
                        .query(
                                "dry_run",
                                "1 shows what would change and changes nothing.",
                                Types.text())
                        .query("merge", "1 deletes nothing.", Types.text())
                        .query("select_tags", "Only entities with all of these tags.", Types.text())
                        .query(
                                "skip_unsupported",
                                "1 leaves out what Torii does not have.",
                                Types.text())
                        .query("revision", "The revision that the change is for.", Types.text())
                        .answers(200, "What changes.", plan())
                        .refuses(400, 405, 409, 413, 415, 500));
        ObjectNode export = Types.object();
        export.putObject("properties").putObject("left_out").put("type", "object");
        export.putArray("required").add("config").add("left_out");
        api.add(
                Operation.of(
                                "GET",
                                AdminPaths.CONFIG_EXPORT,
                                "exportConfig",
                                "Get the configuration as a file")
                        .tag(TAG)
                        .query("format", "json puts the document itself into config.", Types.text())
                        .query("with_ids", "1 gives every entity its id.", Types.text())
                        .query("mask_secrets", "1 puts masks in place of secrets.", Types.text())
                        .query("torii", "1 adds what only Torii understands.", Types.text())
                        .query("select_tags", "Only entities with all of these tags.", Types.text())
                        .answers(
                                200,
                                "The file in config; in left_out how many of each kind only Torii understands.",
                                export)
                        .refuses(500));
    }

    private static Operation document(Operation operation) {
        operation.tag(TAG);
        ObjectNode content = operation.content(false, "application/yaml", Types.text());
        content.putObject("application/json").putObject("schema").put("type", "object");
        content.putObject("application/x-www-form-urlencoded")
                .set("schema", Types.objectWith("config"));
        return operation;
    }

    private static ObjectNode plan() {
        ObjectNode plan = Types.object();
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
}
