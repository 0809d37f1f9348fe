package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaMerge;
import dev.torii.model.schema.Violation;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes complete, valid entities of what clients send. Whether they fit beside the others is the
/// business of [Constraints].
final class Drafts {

    private static final String KEY_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int KEY_LENGTH = 32;

    private final RuleBook rules;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Drafts(RuleBook rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    boolean isOver(EntityKind kind, ObjectNode entity) {
        return rules.of(kind).isOver(entity, now());
    }

    EntityRules rules(EntityKind kind) {
        return rules.of(kind);
    }

    long now() {
        return instant().getEpochSecond();
    }

    Instant instant() {
        return clock.instant();
    }

    /// A new entity, or one to replace another as a whole.
    ///
    /// @param fixed fields that the URL decides, over the body
    ObjectNode create(EntityKind kind, Input input, ObjectNode fixed, ConfigSnapshot snapshot) {
        return create(kind, input, fixed, snapshot, true);
    }

    /// @param plain whether passwords and their like are what a person knows, and not as stored
    ObjectNode create(
            EntityKind kind,
            Input input,
            ObjectNode fixed,
            ConfigSnapshot snapshot,
            boolean plain) {
        Schema schema = rules.of(kind).schema(EntitySchemas.of(kind), input, null);
        ObjectNode given = given(kind, schema, input, fixed, snapshot);
        fillIn(schema, given);
        return finished(kind, schema, given, plain ? given : Json.object(), null);
    }

    /// A stored entity with the body merged into it.
    ObjectNode patch(
            EntityKind kind,
            ObjectNode stored,
            Input input,
            ObjectNode fixed,
            ConfigSnapshot snapshot) {
        Schema schema = rules.of(kind).schema(EntitySchemas.of(kind), input, stored);
        ObjectNode given = given(kind, schema, input, fixed, snapshot);
        JsonNode id = given.remove("id");
        if (id != null && !Foreigns.sameCase(id.asText()).equals(stored.path("id").asText())) {
            throw Problems.schemaViolation(
                    schema, List.of(Violation.of("immutable field cannot be updated", "id")));
        }
        ObjectNode merged = SchemaMerge.patch(schema, stored, given);
        FieldSpec updatedAt = schema.root().field("updated_at");
        if (updatedAt != null) {
            merged.set("updated_at", timestamp(updatedAt));
        }
        return finished(kind, schema, merged, given, stored);
    }

    /// Checks an entity without looking at any other.
    void validate(EntityKind kind, Input input) {
        create(kind, input, Json.object(), ConfigSnapshot.empty());
    }

    /// An entity that was stored before, with what has come into being since.
    ///
    /// @throws ProblemException when it would be refused today
    ObjectNode stillValid(EntityKind kind, ObjectNode stored) {
        Schema schema =
                rules.of(kind).schema(EntitySchemas.of(kind), new Input.Json(stored), stored);
        return checked(kind, schema, stored, false);
    }

    private ObjectNode given(
            EntityKind kind,
            Schema schema,
            Input input,
            ObjectNode fixed,
            ConfigSnapshot snapshot) {
        ObjectNode given = input.under(schema);
        rules.of(kind).expand(given);
        fixed.properties().forEach(entry -> given.set(entry.getKey(), entry.getValue()));
        Foreigns.resolve(schema, given, snapshot);
        return given;
    }

    /// @param stored what is changed; null for what replaces it, or is new
    private ObjectNode finished(
            EntityKind kind,
            Schema schema,
            ObjectNode whole,
            ObjectNode given,
            @Nullable ObjectNode stored) {
        ObjectNode entity = checked(kind, schema, whole, stored != null);
        EntityRules own = rules.of(kind);
        if (stored != null) {
            List<Violation> violations = own.checkChange(stored, entity, given);
            if (!violations.isEmpty()) {
                throw Problems.schemaViolation(schema, violations);
            }
        }
        own.settle(entity, given, now());
        return entity;
    }

    private ObjectNode checked(EntityKind kind, Schema schema, ObjectNode whole, boolean patched) {
        ObjectNode entity = EntitySchemas.fill(kind, schema, whole);
        List<Violation> violations = EntitySchemas.validate(kind, schema, entity);
        if (violations.isEmpty()) {
            violations = rules.of(kind).check(entity);
        }
        if (!violations.isEmpty()) {
            throw Problems.schemaViolation(
                    schema,
                    patched ? violations.stream().map(Drafts::whenUpdating).toList() : violations);
        }
        return entity;
    }

    private static Violation whenUpdating(Violation violation) {
        return violation.message().startsWith("at least one of these fields must be non-empty")
                ? new Violation(violation.path(), "when updating, " + violation.message())
                : violation;
    }

    private void fillIn(Schema schema, ObjectNode entity) {
        for (FieldSpec field : schema.fields()) {
            String name = field.name();
            if (!field.traits().auto()) {
                continue;
            }
            if (name.equals("updated_at")) {
                entity.set(name, timestamp(field));
            } else if (!entity.hasNonNull(name)) {
                switch (name) {
                    case "id" -> entity.put(name, UUID.randomUUID().toString());
                    case "created_at" -> entity.set(name, timestamp(field));
                    default -> entity.put(name, randomKey());
                }
            } else if (name.equals("id") && entity.get(name).isTextual()) {
                entity.put(name, Foreigns.sameCase(entity.get(name).textValue()));
            }
        }
    }

    /// Whole seconds, or seconds with milliseconds where the field takes them.
    private JsonNode timestamp(FieldSpec field) {
        Instant now = clock.instant();
        return field instanceof FieldSpec.Numeric numeric && !numeric.integer()
                ? DecimalNode.valueOf(BigDecimal.valueOf(now.toEpochMilli(), 3))
                : LongNode.valueOf(now.getEpochSecond());
    }

    private String randomKey() {
        var key = new StringBuilder(KEY_LENGTH);
        for (int i = 0; i < KEY_LENGTH; i++) {
            key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
        }
        return key.toString();
    }
}
