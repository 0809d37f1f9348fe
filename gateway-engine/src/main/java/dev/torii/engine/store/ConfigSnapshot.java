package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.CaCertificate;
import dev.torii.model.config.Certificate;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Key;
import dev.torii.model.config.KeyAuthCredential;
import dev.torii.model.config.KeySet;
import dev.torii.model.config.Plugin;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import dev.torii.model.config.Sni;
import dev.torii.model.config.Target;
import dev.torii.model.config.Upstream;
import dev.torii.model.config.Vault;
import dev.torii.model.json.Json;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All configured entities at one revision. Immutable: the nodes are never changed after they came
/// in here.
public final class ConfigSnapshot {

    private final long revision;
    private final Map<EntityKind, EntitySet> entities;
    private final @Nullable List<EntityChange> changes;

    /// What this was made out of, and the ids of what was replaced then; only for those who ask
    /// what changed since.
    private final Map<EntityKind, EntitySet> former;

    private final Map<EntityKind, Set<String>> touched;

    /// @param entities by kind and id; each complete, as the Admin API answers it, with secrets in
    ///   plain text
    public ConfigSnapshot(long revision, Map<EntityKind, Map<String, ObjectNode>> entities) {
        this(revision, sets(entities), null, Map.of(), Map.of());
    }

    private ConfigSnapshot(
            long revision,
            Map<EntityKind, EntitySet> entities,
            @Nullable List<EntityChange> changes,
            Map<EntityKind, EntitySet> former,
            Map<EntityKind, Set<String>> touched) {
        this.revision = revision;
        this.entities = entities;
        this.changes = changes;
        this.former = former;
        this.touched = touched;
    }

    private static Map<EntityKind, EntitySet> sets(
            Map<EntityKind, Map<String, ObjectNode>> entities) {
        Map<EntityKind, EntitySet> sets = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : EntityKind.values()) {
            sets.put(kind, EntitySet.of(kind, entities.getOrDefault(kind, Map.of())));
        }
        return sets;
    }

    public static ConfigSnapshot empty() {
        return new ConfigSnapshot(0, new EnumMap<>(EntityKind.class));
    }

    /// Counts the changes; 0 before the first.
    public long revision() {
        return revision;
    }

    /// What this became out of the revision before, one entry for each entity that is not as it
    /// was; empty when it was not made by a change.
    public List<EntityChange> changes() {
        return changes == null ? List.of() : changes;
    }

    /// What this becomes by a change: the next revision, with what did not change shared; this
    /// itself when nothing would be other than it is.
    public ConfigSnapshot after(ConfigChange change) {
        Map<EntityKind, EntitySet> next = new EnumMap<>(entities);
        Map<EntityKind, Set<String>> touched = apply(change.steps(), next);
        Set<Touched> seen = new LinkedHashSet<>();
        change.steps().forEach(step -> seen.add(new Touched(step.kind(), step.id())));
        List<EntityChange> changes =
                seen.stream()
                        .map(one ->
                                new EntityChange(
                                        one.kind(),
                                        one.id(),
                                        find(one.kind(), one.id()),
                                        set(next, one.kind()).byId().get(one.id())))
                        .filter(one -> !Objects.equals(one.before(), one.after()))
                        .toList();
        return changes.isEmpty()
                ? this
                : new ConfigSnapshot(revision + 1, next, changes, entities, touched);
    }

    private record Touched(EntityKind kind, String id) {}

    /// @param sets those before, which become those after
    /// @return what the steps touch
    private static Map<EntityKind, Set<String>> apply(
            Collection<ConfigChange.Step> steps, Map<EntityKind, EntitySet> sets) {
        Map<EntityKind, Set<String>> touched = new EnumMap<>(EntityKind.class);
        for (ConfigChange.Step step : steps) {
            EntityKind kind = step.kind();
            touched.computeIfAbsent(kind, _ -> new HashSet<>()).add(step.id());
            sets.put(kind, set(sets, kind).replace(step.id(), entity(step)));
        }
        return touched;
    }

    /// What this became out of another snapshot; empty when it did not come out of it by one
    /// change.
    @SuppressWarnings("ReferenceEquality") // an unchanged entity is the same node
    public Optional<List<EntityChange>> changesSince(ConfigSnapshot other) {
        if (changes == null || revision != other.revision + 1) {
            return Optional.empty();
        }
        Map<EntityKind, Integer> growth = new EnumMap<>(EntityKind.class);
        for (EntityChange change : changes) {
            if (other.find(change.kind(), change.id()) != change.before()) {
                return Optional.empty();
            }
            int born = (change.after() == null ? 0 : 1) - (change.before() == null ? 0 : 1);
            growth.merge(change.kind(), born, Integer::sum);
        }
        for (EntityKind kind : EntityKind.values()) {
            Integer grown = growth.get(kind);
            boolean follows =
                    grown == null
                            ? shares(other, kind)
                            : byId(kind).size() == other.byId(kind).size() + grown;
            if (!follows) {
                return Optional.empty();
            }
        }
        return Optional.of(changes);
    }

    /// This with some entities as they run, such as with secrets in the place of references.
    public ConfigSnapshot running(long ofRevision, Collection<ConfigChange.Step> steps) {
        if (steps.isEmpty() && ofRevision == revision) {
            return this;
        }
        Map<EntityKind, EntitySet> next = new EnumMap<>(entities);
        Map<EntityKind, Set<String>> touched = apply(steps, next);
        return new ConfigSnapshot(ofRevision, next, null, entities, touched);
    }

    private static @Nullable ObjectNode entity(ConfigChange.Step step) {
        return switch (step) {
            case ConfigChange.Step.Put put -> put.entity();
            case ConfigChange.Step.Delete _ -> null;
        };
    }

    public @Nullable ObjectNode find(EntityKind kind, String id) {
        return byId(kind).get(id);
    }

    /// The entities of a kind whose field has this value; of a reference, whose id is this. Fields
    /// that are unique or a reference are looked up in an index.
    public List<ObjectNode> having(EntityKind kind, String field, String value) {
        return set(entities, kind).alike(List.of(field), Json.object().put(field, value));
    }

    /// The entities of a kind that have the same values in these fields as the one given, which
    /// need not be among them. With one field that is not set, there are none.
    public List<ObjectNode> alike(EntityKind kind, List<String> fields, ObjectNode entity) {
        return set(entities, kind).alike(fields, entity);
    }

    /// Whether another snapshot has the very same entities of these kinds.
    @SuppressWarnings("ReferenceEquality") // sets that did not change are shared
    public boolean shares(ConfigSnapshot other, EntityKind... kinds) {
        return Arrays.stream(kinds)
                .allMatch(kind -> set(entities, kind) == set(other.entities, kind));
    }

    /// The ids of the entities of a kind that may be other ones than in another snapshot, or are in
    /// one of the two alone: few when that is the one before this, else all.
    @SuppressWarnings("ReferenceEquality") // sets that did not change are shared
    public Collection<String> changedSince(ConfigSnapshot other, EntityKind kind) {
        EntitySet theirs = set(other.entities, kind);
        if (set(entities, kind) == theirs) {
            return Set.of();
        }
        if (former.get(kind) == theirs) {
            return touched.getOrDefault(kind, Set.of());
        }
        Set<String> all = new TreeSet<>(byId(kind).keySet());
        all.addAll(theirs.byId().keySet());
        return all;
    }

    /// Ordered by id, as [#byId] is.
    public Collection<ObjectNode> all(EntityKind kind) {
        return byId(kind).values();
    }

    /// The entities whose id comes after this one, in order.
    public Collection<ObjectNode> after(EntityKind kind, String id) {
        return set(entities, kind).byId().tailMap(id, false).values();
    }

    public Map<String, ObjectNode> byId(EntityKind kind) {
        return set(entities, kind).byId();
    }

    private static EntitySet set(Map<EntityKind, EntitySet> entities, EntityKind kind) {
        return Objects.requireNonNull(entities.get(kind));
    }

    public @Nullable Service service(String id) {
        return typed(EntityKind.SERVICES, id, Service.class);
    }

    public @Nullable Route route(String id) {
        return typed(EntityKind.ROUTES, id, Route.class);
    }

    public @Nullable Plugin plugin(String id) {
        return typed(EntityKind.PLUGINS, id, Plugin.class);
    }

    private <T> @Nullable T typed(EntityKind kind, String id, Class<T> type) {
        EntitySet.Typed typed = set(entities, kind).typed().get(id);
        return typed == null ? null : typed.as(type);
    }

    public List<Service> services() {
        return typed(EntityKind.SERVICES, Service.class);
    }

    public List<Route> routes() {
        return typed(EntityKind.ROUTES, Route.class);
    }

    public List<Consumer> consumers() {
        return typed(EntityKind.CONSUMERS, Consumer.class);
    }

    public List<Plugin> plugins() {
        return typed(EntityKind.PLUGINS, Plugin.class);
    }

    public List<KeyAuthCredential> keyAuthCredentials() {
        return typed(EntityKind.KEYAUTH_CREDENTIALS, KeyAuthCredential.class);
    }

    public List<Upstream> upstreams() {
        return typed(EntityKind.UPSTREAMS, Upstream.class);
    }

    public List<Target> targets() {
        return typed(EntityKind.TARGETS, Target.class);
    }

    public List<Certificate> certificates() {
        return typed(EntityKind.CERTIFICATES, Certificate.class);
    }

    public List<Sni> snis() {
        return typed(EntityKind.SNIS, Sni.class);
    }

    public List<CaCertificate> caCertificates() {
        return typed(EntityKind.CA_CERTIFICATES, CaCertificate.class);
    }

    public List<Vault> vaults() {
        return typed(EntityKind.VAULTS, Vault.class);
    }

    public List<Key> keys() {
        return typed(EntityKind.KEYS, Key.class);
    }

    public List<KeySet> keySets() {
        return typed(EntityKind.KEY_SETS, KeySet.class);
    }

    /// The same objects from snapshot to snapshot as long as their entities stay as they are.
    private <T> List<T> typed(EntityKind kind, Class<T> type) {
        return set(entities, kind).typed().values().stream().map(one -> one.as(type)).toList();
    }
}
