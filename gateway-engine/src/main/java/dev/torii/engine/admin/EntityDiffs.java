package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.EntityChange;
import dev.torii.model.api.EntityDiff;
import dev.torii.model.api.EntityDiff.FieldDiff;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.SchemaSecrets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows changes of entities, with their secrets masked.
final class EntityDiffs {

    private static final String CONFIG = "config";
    private static final String MASK = "••••";

    private final PluginSchemas plugins;

    EntityDiffs(PluginSchemas plugins) {
        this.plugins = plugins;
    }

    EntityDiff of(EntityChange change) {
        ObjectNode before = masked(change.kind(), change.before());
        ObjectNode after = masked(change.kind(), change.after());
        List<FieldDiff> fields = new ArrayList<>();
        if (change.before() != null && change.after() != null) {
            compare("", change.before(), change.after(), before, after, fields);
        }
        return new EntityDiff(
                change.kind().schemaName(),
                change.id(),
                change.name(),
                change.action(),
                fields,
                before,
                after);
    }

    /// Compares what is stored, so that a secret whose mask stays the same is seen to have changed,
    /// and shows what may be seen.
    private static void compare(
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable JsonNode shownBefore,
            @Nullable JsonNode shownAfter,
            List<FieldDiff> fields) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof ObjectNode
                && after instanceof ObjectNode
                && shownBefore instanceof ObjectNode
                && shownAfter instanceof ObjectNode) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(
                        path + "/" + name.replace("~", "~0").replace("/", "~1"),
                        before.get(name),
                        after.get(name),
                        shownBefore.get(name),
                        shownAfter.get(name),
                        fields);
            }
            return;
        }
        fields.add(new FieldDiff(path, shownBefore, shownAfter));
    }

    private @Nullable ObjectNode masked(EntityKind kind, @Nullable ObjectNode entity) {
        if (entity == null) {
            return null;
        }
        if (kind != EntityKind.PLUGINS) {
            return SchemaSecrets.mask(EntitySchemas.of(kind), entity);
        }
        return plugins.schema(entity.path("name").asText())
                .map(schema -> SchemaSecrets.mask(EntitySchemas.ofPlugin(schema), entity))
                // Of a plugin that is not installed nobody knows what is secret.
                .orElseGet(() -> entity.deepCopy().put(CONFIG, MASK));
    }
}
