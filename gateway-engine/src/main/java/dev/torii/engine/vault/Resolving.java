package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.EntityChange;
import dev.torii.engine.vault.ResolvedConfig.Finding;
import dev.torii.engine.vault.ResolvedConfig.Holder;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/// One pass that puts secrets in the place of references.
final class Resolving {

    private final ReferenceFields fields;
    private final ConfiguredVaults vaults;
    private final List<Step> steps = new ArrayList<>();
    private HashPMap<Holder, Boolean> holders = HashTreePMap.empty();
    private HashPMap<Holder, List<Finding>> findings = HashTreePMap.empty();

    Resolving(ReferenceFields fields, ConfiguredVaults vaults) {
        this.fields = fields;
        this.vaults = vaults;
    }

    /// Looks at all entities.
    ResolvedConfig whole(ConfigSnapshot snapshot) {
        fields.eachEntity(snapshot, this::entity);
        return new ResolvedConfig(
                snapshot, snapshot.running(snapshot.revision(), steps), holders, findings);
    }

    /// Looks only at what a change made other.
    @SuppressWarnings("ReferenceEquality") // what holds no reference is the stored node
    ResolvedConfig after(ResolvedConfig last, ConfigSnapshot snapshot, List<EntityChange> changes) {
        holders = last.holders();
        findings = last.findings();
        for (EntityChange change : changes) {
            var holder = new Holder(change.kind(), change.id());
            holders = holders.minus(holder);
            findings = findings.minus(holder);
            ObjectNode after = change.after();
            if (after == null) {
                steps.add(new Step.Delete(change.kind(), change.id()));
            } else if (entity(change.kind(), change.id(), after) == after) {
                steps.add(new Step.Put(change.kind(), change.id(), after));
            }
        }
        ConfigSnapshot running =
                holders.isEmpty() ? snapshot : last.running().running(snapshot.revision(), steps);
        return new ResolvedConfig(snapshot, running, holders, findings);
    }

    @SuppressWarnings("ReferenceEquality") // what holds no reference comes back as it is
    private ObjectNode entity(EntityKind kind, String id, ObjectNode entity) {
        List<Finding> found = new ArrayList<>();
        ObjectNode running =
                fields.of(kind, entity)
                        .replace(
                                entity,
                                (path, text, encrypted) -> {
                                    try {
                                        return vaults.resolve(text);
                                    } catch (UnresolvedException e) {
                                        found.add(
                                                new Finding(
                                                        new UnresolvedReference(
                                                                kind.schemaName(),
                                                                id,
                                                                name(kind, entity),
                                                                path,
                                                                text,
                                                                String.valueOf(e.getMessage())),
                                                        encrypted));
                                        return "";
                                    }
                                });
        if (running != entity) {
            var holder = new Holder(kind, id);
            steps.add(new Step.Put(kind, id, running));
            holders = holders.plus(holder, true);
            if (!found.isEmpty()) {
                findings = findings.plus(holder, List.copyOf(found));
            }
        }
        return running;
    }

    /// What an entity is called; null where that is a secret or it has no name.
    static @Nullable String name(EntityKind kind, ObjectNode entity) {
        String field =
                kind == EntityKind.PLUGINS && !entity.hasNonNull("instance_name")
                        ? "name"
                        : kind.endpointKey();
        return field == null || field.equals("key") ? null : entity.path(field).textValue();
    }
}
