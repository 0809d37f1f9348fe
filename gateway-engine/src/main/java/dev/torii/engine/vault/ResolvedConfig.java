package dev.torii.engine.vault;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import java.util.List;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/// A configuration with secrets in the place of references: only for what runs, never to be shown
/// or stored.
public final class ResolvedConfig {

    private final ConfigSnapshot stored;
    private final ConfigSnapshot running;
    private final HashPMap<Holder, Boolean> holders;
    private final HashPMap<Holder, List<Finding>> findings;

    /// An entity that holds references.
    record Holder(EntityKind kind, String id) {}

    /// A reference that stands for nothing.
    ///
    /// @param encrypted whether its field is secret by the schema
    record Finding(UnresolvedReference reference, boolean encrypted) {}

    /// @param holders whose values are all true
    /// @param findings of those holders that have any
    ResolvedConfig(
            ConfigSnapshot stored,
            ConfigSnapshot running,
            HashPMap<Holder, Boolean> holders,
            HashPMap<Holder, List<Finding>> findings) {
        this.stored = stored;
        this.running = running;
        this.holders = holders;
        this.findings = findings;
    }

    static ResolvedConfig empty() {
        ConfigSnapshot nothing = ConfigSnapshot.empty();
        return new ResolvedConfig(nothing, nothing, HashTreePMap.empty(), HashTreePMap.empty());
    }

    ConfigSnapshot stored() {
        return stored;
    }

    HashPMap<Holder, Boolean> holders() {
        return holders;
    }

    HashPMap<Holder, List<Finding>> findings() {
        return findings;
    }

    /// The configuration itself; the stored one when that holds no reference.
    public ConfigSnapshot running() {
        return running;
    }

    /// The references that stand for nothing.
    public List<UnresolvedReference> unresolved() {
        return findings.values().stream().flatMap(List::stream).map(Finding::reference).toList();
    }

    /// Whether an entity holds references, so that its values were not checked when it was stored.
    public boolean refers(EntityKind kind, String id) {
        return holders.containsKey(new Holder(kind, id));
    }

    /// References that stand for nothing although their fields are secret by the schema: what needs
    /// them must not work without.
    public List<UnresolvedReference> missing(EntityKind kind, String id) {
        return findings.getOrDefault(new Holder(kind, id), List.of()).stream()
                .filter(Finding::encrypted)
                .map(Finding::reference)
                .toList();
    }
}
