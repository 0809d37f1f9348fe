package dev.torii.engine.vault;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A configuration with secrets in the place of references: only for what runs, never to be shown
/// or stored.
public final class ResolvedConfig {

    private final ConfigSnapshot running;
    private final List<UnresolvedReference> unresolved;
    private final Set<Holder> referring;
    private final Map<Holder, UnresolvedReference> missing;

    /// An entity that holds references.
    record Holder(EntityKind kind, String id) {}

    ResolvedConfig(
            ConfigSnapshot running,
            List<UnresolvedReference> unresolved,
            Set<Holder> referring,
            Map<Holder, UnresolvedReference> missing) {
        this.running = running;
        this.unresolved = List.copyOf(unresolved);
        this.referring = Set.copyOf(referring);
        this.missing = Map.copyOf(missing);
    }

    /// The configuration itself; the stored one when that holds no reference.
    public ConfigSnapshot running() {
        return running;
    }

    /// The references that stand for nothing.
    public List<UnresolvedReference> unresolved() {
        return unresolved;
    }

    /// Whether an entity holds references, so that its values were not checked when it was stored.
    public boolean refers(EntityKind kind, String id) {
        return referring.contains(new Holder(kind, id));
    }

    /// A reference that stands for nothing although its field is secret by the schema: what needs
    /// it must not work without.
    public Optional<UnresolvedReference> missing(EntityKind kind, String id) {
        return Optional.ofNullable(missing.get(new Holder(kind, id)));
    }
}
