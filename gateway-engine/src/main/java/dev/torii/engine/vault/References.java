package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.vault.ResolvedConfig.Holder;
import dev.torii.model.api.SecretSummary;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.SchemaReferences;
import dev.torii.model.schema.VaultReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts secrets in the place of references, for what runs. The configuration itself keeps the
/// references.
public final class References {

    private static final Logger log = LoggerFactory.getLogger(References.class);

    private final VaultRegistry vaults;
    private final PluginSchemas plugins;
    private final Map<EntityKind, SchemaReferences> ofKinds = new ConcurrentHashMap<>();
    private final Map<String, SchemaReferences> ofPlugins = new ConcurrentHashMap<>();
    private Set<UnresolvedReference> reported = Set.of();

    public References(VaultRegistry vaults, PluginSchemas plugins) {
        this.vaults = vaults;
        this.plugins = plugins;
    }

    /// The configuration as it runs. A reference that stands for nothing becomes an empty text, as
    /// in Kong, and is reported to the log once.
    public synchronized ResolvedConfig resolve(ConfigSnapshot snapshot) {
        var resolving = new Resolving(new ConfiguredVaults(vaults, snapshot));
        eachEntity(snapshot, resolving::entity);
        report(resolving.unresolved);
        return new ResolvedConfig(
                snapshot.with(resolving.replaced),
                resolving.unresolved,
                resolving.referring,
                resolving.missing);
    }

    /// The fields that refer to secrets in Torii's own vault, by the secrets' names.
    public Map<String, List<SecretSummary.Use>> uses(ConfigSnapshot snapshot) {
        var configured = new ConfiguredVaults(vaults, snapshot);
        Map<String, List<SecretSummary.Use>> uses = new TreeMap<>();
        eachEntity(
                snapshot,
                (kind, id, entity, references) ->
                        references.replace(
                                entity,
                                (path, text, _) -> {
                                    secretOf(configured, text)
                                            .ifPresent(secret ->
                                                    uses.computeIfAbsent(
                                                                    secret, _ -> new ArrayList<>())
                                                            .add(
                                                                    new SecretSummary.Use(
                                                                            kind.schemaName(),
                                                                            id,
                                                                            name(kind, entity),
                                                                            path)));
                                    return text;
                                }));
        return uses;
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

    private interface Visitor {
        void visit(EntityKind kind, String id, ObjectNode entity, SchemaReferences references);
    }

    private void eachEntity(ConfigSnapshot snapshot, Visitor visitor) {
        for (EntityKind kind : EntityKind.values()) {
            SchemaReferences own =
                    ofKinds.computeIfAbsent(kind, k -> SchemaReferences.of(EntitySchemas.of(k)));
            // Which fields of a plugin may hold references its type says.
            if (kind == EntityKind.PLUGINS) {
                snapshot.byId(kind)
                        .forEach((id, plugin) -> visitor.visit(kind, id, plugin, ofType(plugin)));
            } else if (!own.isEmpty()) {
                snapshot.byId(kind).forEach((id, entity) -> visitor.visit(kind, id, entity, own));
            }
        }
    }

    private SchemaReferences ofType(ObjectNode plugin) {
        return ofPlugins.computeIfAbsent(
                plugin.path("name").asText(),
                name ->
                        plugins.schema(name)
                                .map(SchemaReferences::of)
                                .orElse(SchemaReferences.NONE));
    }

    private static @Nullable String name(EntityKind kind, ObjectNode entity) {
        // A credential's key is a secret.
        String field =
                kind == EntityKind.PLUGINS && !entity.hasNonNull("instance_name")
                        ? "name"
                        : kind.endpointKey();
        return field == null || field.equals("key") ? null : entity.path(field).textValue();
    }

    private void report(List<UnresolvedReference> unresolved) {
        for (UnresolvedReference one : unresolved) {
            if (!reported.contains(one)) {
                log.atWarn()
                        .addKeyValue("kind", one.kind())
                        .addKeyValue("id", one.id())
                        .addKeyValue("name", one.name())
                        .addKeyValue("field", one.field())
                        .addKeyValue("reference", one.reference())
                        .addKeyValue("reason", one.reason())
                        .log("a reference to a vault stands for nothing");
            }
        }
        reported = Set.copyOf(unresolved);
    }

    /// One pass over a configuration.
    private static final class Resolving {

        private final ConfiguredVaults vaults;
        private final List<Step.Put> replaced = new ArrayList<>();
        private final List<UnresolvedReference> unresolved = new ArrayList<>();
        private final Set<Holder> referring = new HashSet<>();
        private final Map<Holder, UnresolvedReference> missing = new HashMap<>();

        Resolving(ConfiguredVaults vaults) {
            this.vaults = vaults;
        }

        @SuppressWarnings("ReferenceEquality") // what holds no reference comes back as it is
        void entity(EntityKind kind, String id, ObjectNode entity, SchemaReferences references) {
            ObjectNode running =
                    references.replace(
                            entity,
                            (path, text, encrypted) ->
                                    resolve(kind, id, entity, path, text, encrypted));
            if (running != entity) {
                referring.add(new Holder(kind, id));
                replaced.add(new Step.Put(kind, id, running));
            }
        }

        private String resolve(
                EntityKind kind,
                String id,
                ObjectNode entity,
                String path,
                String text,
                boolean encrypted) {
            try {
                return vaults.resolve(text);
            } catch (UnresolvedException e) {
                var one =
                        new UnresolvedReference(
                                kind.schemaName(),
                                id,
                                name(kind, entity),
                                path,
                                text,
                                String.valueOf(e.getMessage()));
                unresolved.add(one);
                if (encrypted) {
                    missing.putIfAbsent(new Holder(kind, id), one);
                }
                return "";
            }
        }
    }
}
