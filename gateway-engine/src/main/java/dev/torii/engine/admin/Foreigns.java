package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.Schema;
import java.util.Locale;

/// References as clients write them: by id, or by any unique field of what is referred to.
final class Foreigns {

    private Foreigns() {}

    /// Makes every reference of the entity one by id, in place.
    ///
    /// @throws ProblemException code 13 when nothing has the unique value
    static void resolve(Schema schema, ObjectNode entity, ConfigSnapshot snapshot) {
        for (FieldSpec field : schema.fields()) {
            if (field instanceof FieldSpec.Reference reference
                    && entity.get(field.name()) instanceof ObjectNode key) {
                if (key.path("id").isTextual()) {
                    entity.set(
                            field.name(),
                            Json.object().put("id", sameCase(key.path("id").asText())));
                } else if (!key.has("id")) {
                    EntityKind.ofSchemaName(reference.target())
                            .ifPresent(target ->
                                    byUnique(field.name(), target, key, entity, snapshot));
                }
            }
        }
    }

    /// Ids are compared as text, so they are kept in lower case.
    static String sameCase(String id) {
        return Format.isUuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    private static void byUnique(
            String field,
            EntityKind target,
            ObjectNode key,
            ObjectNode entity,
            ConfigSnapshot snapshot) {
        for (FieldSpec spec : EntitySchemas.of(target).fields()) {
            JsonNode value = key.get(spec.name());
            if (spec.traits().unique() && value != null && value.isTextual()) {
                ObjectNode found =
                        EntityKey.findBy(snapshot, target, spec.name(), value.textValue());
                if (found == null) {
                    throw Problems.unresolvedForeign(field, spec.name(), value.textValue(), target);
                }
                entity.set(field, Json.object().put("id", found.path("id").textValue()));
                return;
            }
        }
    }
}
