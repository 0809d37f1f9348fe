package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.EntityChange;
import dev.torii.engine.vault.ResolvedConfig.Finding;
import dev.torii.model.api.SecretSummary.Use;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.VaultReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts secrets in the place of references, for what runs. The configuration itself keeps the
/// references.
public final class References {

    private static final Logger log = LoggerFactory.getLogger(References.class);

    private final VaultRegistry vaults;
    private final ReferenceFields fields;
    private ResolvedConfig last = ResolvedConfig.empty();

    public References(VaultRegistry vaults, PluginSchemas plugins) {
        this.vaults = vaults;
        this.fields = new ReferenceFields(plugins);
    }

    /// The configuration as it runs. A reference that stands for nothing becomes an empty text, as
    /// in Kong, and is reported to the log once. Of a snapshot that came out of the last one by a
    /// change, only what changed is looked at.
    public synchronized ResolvedConfig resolve(ConfigSnapshot snapshot) {
        var resolving = new Resolving(fields, new ConfiguredVaults(vaults, snapshot));
        ResolvedConfig next =
                snapshot.changesSince(last.stored())
                        .filter(References::leavesVaultsAlone)
                        .map(changes -> resolving.after(last, snapshot, changes))
                        .orElseGet(() -> resolving.whole(snapshot));
        report(last, next);
        last = next;
        return next;
    }

    private static boolean leavesVaultsAlone(List<EntityChange> changes) {
        return changes.stream().noneMatch(change -> change.kind() == EntityKind.VAULTS);
    }

    private static void report(ResolvedConfig before, ResolvedConfig after) {
        after.findings()
                .forEach((holder, findings) -> {
                    List<Finding> known = before.findings().getOrDefault(holder, List.of());
                    findings.stream()
                            .filter(finding -> !known.contains(finding))
                            .forEach(References::warn);
                });
    }

    private static void warn(Finding finding) {
        UnresolvedReference one = finding.reference();
        log.atWarn()
                .addKeyValue("kind", one.kind())
                .addKeyValue("id", one.id())
                .addKeyValue("name", one.name())
                .addKeyValue("field", one.field())
                .addKeyValue("reference", one.reference())
                .addKeyValue("reason", one.reason())
                .log("a reference to a vault stands for nothing");
    }

    /// The fields that refer to secrets in Torii's own vault, by the secrets' names.
    public Map<String, List<Use>> uses(ConfigSnapshot snapshot) {
        var configured = new ConfiguredVaults(vaults, snapshot);
        Map<String, List<Use>> uses = new TreeMap<>();
        fields.eachEntity(
                snapshot,
                (kind, id, entity) ->
                        fields.of(kind, entity)
                                .replace(
                                        entity,
                                        (path, text, _) -> {
                                            secretOf(configured, text)
                                                    .ifPresent(secret ->
                                                            uses.computeIfAbsent(
                                                                            secret,
                                                                            _ -> new ArrayList<>())
                                                                    .add(
                                                                            use(
                                                                                    kind, id,
                                                                                    entity, path)));
                                            return text;
                                        }));
        return uses;
    }

    private static Use use(EntityKind kind, String id, ObjectNode entity, String path) {
        return new Use(kind.schemaName(), id, Resolving.name(kind, entity), path);
    }

    private static Optional<String> secretOf(ConfiguredVaults configured, String text) {
        try {
            VaultReference reference = VaultReference.parse(text);
            return configured
                    .type(reference)
                    .filter(ToriiVault.class::isInstance)
                    .map(_ -> reference.resource());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
