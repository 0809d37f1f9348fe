package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.AnsweringServlet.Endpoint;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.SecretStore;
import dev.torii.engine.store.StoreException;
import dev.torii.engine.store.StoredSecret;
import dev.torii.engine.vault.References;
import dev.torii.model.api.SecretList;
import dev.torii.model.api.SecretSummary;
import dev.torii.model.api.SecretSummary.Use;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;
import dev.torii.model.schema.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/torii/secrets`: the secrets of Torii's own vault. Their values go in and never come out.
final class SecretsResource {

    static final Schema SCHEMA = Schema.load(SecretsResource.class, "secret.json");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final int REFERENCED = 19;

    private final SecretStore secrets;
    private final References references;
    private final ConfigStore store;

    SecretsResource(SecretStore secrets, References references, ConfigStore store) {
        this.secrets = secrets;
        this.references = references;
        this.store = store;
    }

    /// What answers at `/torii/secrets` and below.
    ///
    /// @param below the path's segments after `secrets`
    Endpoint endpoint(List<String> below) {
        return switch (below.size()) {
            case 0 -> new Endpoint(Set.of("GET"), _ -> guarded(this::list));
            case 1 ->
                    new Endpoint(
                            Set.of("GET", "PUT", "DELETE"),
                            call -> guarded(() -> item(below.getFirst(), call)));
            default -> throw Problems.notFound();
        };
    }

    /// A vault that cannot be opened, as when the keychain is locked, may be open later.
    private static Answer guarded(Supplier<Answer> answer) {
        try {
            return answer.get();
        } catch (StoreException e) {
            return Answer.message(503, String.valueOf(e.getMessage()));
        }
    }

    private Answer list() {
        Map<String, List<Use>> uses = uses();
        List<SecretSummary> all =
                secrets.all().stream().map(secret -> summary(secret, uses)).toList();
        return Answer.ok(json(new SecretList(all, secrets.keptIn())));
    }

    private Answer item(String name, AdminCall call) {
        return switch (call.method()) {
            case "PUT" -> put(name, call);
            case "DELETE" -> delete(name, call);
            default -> Answer.ok(json(summary(found(name), uses())));
        };
    }

    private Answer put(String name, AdminCall call) {
        if (!NAME.matcher(name).matches()) {
            throw Problems.plain(
                    400,
                    "name: '%s' (expected: 1 to 128 letters, digits, '_', '.' and '-', a letter or digit first)"
                            .formatted(name));
        }
        ObjectNode body = call.body().under(SCHEMA);
        List<Violation> violations = SchemaValidator.validate(SCHEMA, body);
        if (!violations.isEmpty()) {
            throw Problems.schemaViolation(SCHEMA, violations);
        }
        boolean created = secrets.put(name, new Secret(body.path("value").textValue()));
        ObjectNode answer = json(summary(found(name), uses()));
        return created ? Answer.created(answer) : Answer.ok(answer);
    }

    private Answer delete(String name, AdminCall call) {
        found(name);
        List<Use> uses = uses().getOrDefault(name, List.of());
        if (!uses.isEmpty() && !isSet(call.query().get("force"))) {
            throw stillUsed(name, uses);
        }
        secrets.remove(name);
        return Answer.NO_CONTENT;
    }

    private static boolean isSet(@Nullable String flag) {
        return "1".equals(flag) || "true".equals(flag);
    }

    private StoredSecret found(String name) {
        return secrets.find(name)
                .orElseThrow(() -> Problems.plain(404, "no secret is called '" + name + "'"));
    }

    private static ProblemException stillUsed(String name, List<Use> uses) {
        String holders =
                uses.stream()
                        .map(use ->
                                use.kind()
                                        + " "
                                        + (use.name() == null ? "" : use.name() + " ")
                                        + "(id = "
                                        + use.id()
                                        + ", field = "
                                        + use.field()
                                        + ")")
                        .collect(Collectors.joining(", "));
        ObjectNode body =
                Json.object()
                        .put("code", REFERENCED)
                        .put("name", "referenced by others")
                        .put(
                                "message",
                                "the secret '%s' is still referred to by %s; take the reference away first, or delete it all the same with ?force=1"
                                        .formatted(name, holders));
        body.set("fields", Json.object());
        body.set("used_by", Json.MAPPER.valueToTree(uses));
        return new ProblemException(new Answer(400, body));
    }

    private Map<String, List<Use>> uses() {
        return references.uses(store.snapshot());
    }

    private static SecretSummary summary(StoredSecret secret, Map<String, List<Use>> uses) {
        return new SecretSummary(
                secret.name(),
                secret.createdAt(),
                secret.updatedAt(),
                uses.getOrDefault(secret.name(), List.of()));
    }

    private static ObjectNode json(Object value) {
        return Json.MAPPER.valueToTree(value);
    }
}
