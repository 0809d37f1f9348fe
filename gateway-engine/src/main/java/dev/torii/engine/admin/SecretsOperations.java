package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.FieldSchemas;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.SecretList;
import dev.torii.model.api.SecretSummary;
import dev.torii.model.json.Json;
import java.util.Set;

/// What [SecretsServlet] answers.
final class SecretsOperations {

    private static final String TAG = "secrets";
    private static final String ONE = AdminPaths.SECRETS + "/{secret}";

    private SecretsOperations() {}

    static void describe(ApiDocument api) {
        ObjectNode summary = api.record(SecretSummary.class);
        api.tag(TAG, "The secrets of Torii's own vault: their values go in and never come out.");
        api.add(
                Operation.of("GET", AdminPaths.SECRETS, "listSecrets", "List the secrets")
                        .tag(TAG)
                        .answers(200, "All of them.", api.record(SecretList.class))
                        .refuses(500, 503));
        api.add(
                one("GET", "getSecret", "Get what is known of a secret")
                        .answers(200, "Its name, and what refers to it.", summary)
                        .refuses(404));
        api.add(
                one("PUT", "upsertSecret", "Create a secret, or replace its value")
                        .body(
                                true,
                                api.schema(
                                        "secret.write",
                                        () ->
                                                new FieldSchemas(FieldSchemas.Use.WRITE)
                                                        .of(SecretsResource.SCHEMA, Set.of())),
                                Json.object().put("value", "sk-example"))
                        .answers(200, "Its value is the new one.", summary)
                        .answers(201, "It is there now.", summary)
                        .refuses(413, 415));
        api.add(
                one("DELETE", "deleteSecret", "Delete a secret")
                        .query("force", "1 deletes it though something refers to it.", Types.text())
                        .answersEmpty(204, "It is gone.")
                        .refuses(404));
    }

    private static Operation one(String method, String id, String summary) {
        return Operation.of(method, ONE, id, summary)
                .tag(TAG)
                .pathParameter("secret", "Its name.", Types.text())
                .refuses(400, 500, 503);
    }
}
