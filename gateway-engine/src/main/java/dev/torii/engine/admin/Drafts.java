package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaMerge;
import dev.torii.model.schema.Violation;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes complete, valid entities of what clients send. Whether they fit beside the others is the
/// business of [Constraints].
final class Drafts {

    private static final String KEY_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int KEY_LENGTH = 32;

    private final PluginRegistry plugins;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Drafts(PluginRegistry plugins, InstantSource clock) {
        this.plugins = plugins;
        this.clock = clock;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /// A new entity, or one to replace another as a whole.
    ///
    /// @param fixed fields that the URL decides, over the body
    ObjectNode create(EntityKind kind, Input input, ObjectNode fixed, ConfigSnapshot snapshot) {
        Schema schema = schema(kind, input, null);
        ObjectNode given = given(kind, schema, input, fixed, snapshot);
        fillIn(schema, given);
        return finished(kind, schema, given, given.has("ttl"), false);
    }

    /// A stored entity with the body merged into it.
    ObjectNode patch(
            EntityKind kind,
            ObjectNode stored,
            Input input,
            ObjectNode fixed,
            ConfigSnapshot snapshot) {
        Schema schema = schema(kind, input, stored);
        ObjectNode given = given(kind, schema, input, fixed, snapshot);
        JsonNode id = given.remove("id");
        if (id != null && !Foreigns.sameCase(id.asText()).equals(stored.path("id").asText())) {
            throw Problems.schemaViolation(
                    schema, List.of(Violation.of("immutable field cannot be updated", "id")));
        }
        ObjectNode merged = SchemaMerge.patch(schema, stored, given);
        if (schema.root().field("updated_at") != null) {
            merged.put("updated_at", now());
        }
        return finished(kind, schema, merged, given.has("ttl"), true);
    }

    /// Checks an entity without looking at any other.
    void validate(EntityKind kind, Input input) {
        create(kind, input, Json.object(), ConfigSnapshot.empty());
    }

    private ObjectNode given(
            EntityKind kind,
            Schema schema,
            Input input,
            ObjectNode fixed,
            ConfigSnapshot snapshot) {
        ObjectNode given = input.under(schema);
        if (kind == EntityKind.SERVICES) {
            ServiceUrl.expand(given);
        }
        fixed.properties().forEach(entry -> given.set(entry.getKey(), entry.getValue()));
        Foreigns.resolve(schema, given, snapshot);
        return given;
    }

    private ObjectNode finished(
            EntityKind kind, Schema schema, ObjectNode given, boolean ttlGiven, boolean patched) {
        ObjectNode entity = EntitySchemas.fill(kind, schema, given);
        List<Violation> violations = EntitySchemas.validate(kind, schema, entity);
        if (violations.isEmpty() && kind == EntityKind.PLUGINS) {
            violations = inConfig(entity);
        }
        if (!violations.isEmpty()) {
            throw Problems.schemaViolation(
                    schema,
                    patched ? violations.stream().map(Drafts::whenUpdating).toList() : violations);
        }
        if (kind == EntityKind.KEYAUTH_CREDENTIALS && ttlGiven) {
            KeyLife.store(entity, now());
        }
        return entity;
    }

    private static Violation whenUpdating(Violation violation) {
        return violation.message().startsWith("at least one of these fields must be non-empty")
                ? new Violation(violation.path(), "when updating, " + violation.message())
                : violation;
    }

    /// What only the plugin itself can find.
    private List<Violation> inConfig(ObjectNode plugin) {
        if (!(plugin.get("config") instanceof ObjectNode config)) {
            return List.of();
        }
        return plugins
                .find(plugin.path("name").asText())
                .map(factory -> factory.check(config))
                .orElse(List.of())
                .stream()
                .map(violation -> {
                    List<String> path = new ArrayList<>(List.of("config"));
                    path.addAll(violation.path());
                    return new Violation(path, violation.message());
                })
                .toList();
    }

    /// @param stored what is patched, whose plugin name counts when the body has none
    private Schema schema(EntityKind kind, Input input, @Nullable ObjectNode stored) {
        Schema common = EntitySchemas.of(kind);
        if (kind != EntityKind.PLUGINS) {
            return common;
        }
        JsonNode given = input.under(common).get("name");
        JsonNode name = given == null && stored != null ? stored.get("name") : given;
        if (name == null || name.isNull()) {
            throw Problems.schemaViolation(
                    common, List.of(Violation.of("required field missing", "name")));
        }
        if (!name.isTextual()) {
            throw Problems.schemaViolation(
                    common, List.of(Violation.of("expected a string", "name")));
        }
        return plugins.schema(name.textValue())
                .map(EntitySchemas::ofPlugin)
                .orElseThrow(() ->
                        Problems.schemaViolation(
                                common,
                                List.of(
                                        Violation.of(
                                                "plugin '"
                                                        + name.textValue()
                                                        + "' not enabled; add it to the"
                                                        + " 'plugins' configuration"
                                                        + " property",
                                                "name"))));
    }

    private void fillIn(Schema schema, ObjectNode entity) {
        for (FieldSpec field : schema.fields()) {
            String name = field.name();
            if (!field.traits().auto()) {
                continue;
            }
            if (name.equals("updated_at")) {
                entity.put(name, now());
            } else if (!entity.hasNonNull(name)) {
                switch (name) {
                    case "id" -> entity.put(name, UUID.randomUUID().toString());
                    case "created_at" -> entity.put(name, now());
                    default -> entity.put(name, randomKey());
                }
            } else if (name.equals("id") && entity.get(name).isTextual()) {
                entity.put(name, Foreigns.sameCase(entity.get(name).textValue()));
            }
        }
    }

    private String randomKey() {
        var key = new StringBuilder(KEY_LENGTH);
        for (int i = 0; i < KEY_LENGTH; i++) {
            key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
        }
        return key.toString();
    }
}
