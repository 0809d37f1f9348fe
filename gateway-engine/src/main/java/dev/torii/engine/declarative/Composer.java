package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.EntityMaker.RefusedException;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes complete entities of a file's: references found, ids given, each checked on its own and
/// against the others of the file.
final class Composer {

    private final FileDocument document;
    private final ConfigSnapshot current;
    private final EntityMaker maker;
    private final KeyIndex stored;
    private final References references;
    private final Faults faults;
    private final KeyIndex taken = new KeyIndex();
    private final Set<String> takenIds = new HashSet<>();

    /// @param others whether references may mean stored entities that the file does not have
    Composer(FileDocument document, ConfigSnapshot current, EntityMaker maker, boolean others) {
        this.document = document;
        this.current = current;
        this.maker = maker;
        this.stored = KeyIndex.of(current);
        this.references = new References(others ? stored : null);
        this.faults = new Faults(document.root());
    }

    /// Parents before children.
    List<DesiredEntity> compose() throws BadConfigException {
        List<DesiredEntity> desired = new ArrayList<>();
        for (EntityKind kind : KindOrder.parentsFirst()) {
            for (FileEntity entity : document.entities()) {
                if (entity.kind() == kind) {
                    compose(entity).ifPresent(desired::add);
                }
            }
        }
        faults.throwIfAny();
        return desired;
    }

    private Optional<DesiredEntity> compose(FileEntity entity) {
        ObjectNode given = references.resolved(entity, faults);
        ObjectNode made = made(entity, given);
        String id = id(entity, made);
        references.add(entity, id);
        if (made == null) {
            return Optional.empty();
        }
        made.put("id", id);
        checkUnique(entity, made);
        taken.put(entity.kind(), made);
        takenIds.add(id);
        return Optional.of(new DesiredEntity(entity, made));
    }

    private @Nullable ObjectNode made(FileEntity entity, ObjectNode given) {
        try {
            return maker.make(entity.kind(), given, document.transform(), current);
        } catch (RefusedException e) {
            for (Violation violation : e.violations()) {
                faults.add(entity, violation.path(), violation.message());
            }
            return null;
        }
    }

    /// The file's own word, else the id of the stored entity that this one is, else one made of its
    /// name.
    private String id(FileEntity entity, @Nullable ObjectNode made) {
        String given = entity.json().path("id").textValue();
        if (given != null) {
            return Format.isUuid(given) ? given.toLowerCase(Locale.ROOT) : given;
        }
        ObjectNode same = made == null ? null : stored.sharing(entity.kind(), made);
        if (same != null) {
            return same.path("id").asText();
        }
        String parentId = references.idOf(entity.parent()).orElse(null);
        return NameUuid.of(entity, parentId)
                .filter(id -> current.find(entity.kind(), id) == null)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private void checkUnique(FileEntity entity, ObjectNode made) {
        EntityKind kind = entity.kind();
        String id = made.path("id").asText();
        List<String> shared = taken.shared(kind, made);
        boolean byName = shared.size() == 1;
        if (byName && shared.getFirst().equals(kind.endpointKey())) {
            String key = shared.getFirst();
            report(entity, key, made.path(key).asText(), entity.path());
        } else if (takenIds.contains(id)) {
            report(entity, "primary key", id, entity.path());
        } else if (byName) {
            String key = shared.getFirst();
            String name =
                    kind.endpointKey() == null
                            ? id
                            : made.path(Objects.requireNonNull(kind.endpointKey())).asText(id);
            report(entity, key, made.path(key).asText(), List.of(kind.schemaName(), name));
        } else if (!shared.isEmpty()) {
            String values =
                    shared.stream()
                            .filter(made::hasNonNull)
                            .map(field ->
                                    made.path(field).path("id").asText(made.path(field).asText()))
                            .reduce((one, other) -> one + ", " + other)
                            .orElse("");
            report(entity, String.join(", ", shared), values, entity.path());
        }
    }

    private void report(FileEntity entity, String key, String value, List<String> kongPath) {
        faults.add(
                entity,
                List.of(),
                "uniqueness violation: '%s' entity with %s set to '%s' already declared"
                        .formatted(entity.kind().schemaName(), key, value),
                kongPath);
    }
}
