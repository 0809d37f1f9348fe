package dev.torii.engine.store;

import dev.torii.model.config.EntityKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The changes of the configuration that are kept, newest first.
public interface ConfigHistory {

    /// Of a store that keeps none.
    ConfigHistory NONE =
            new ConfigHistory() {
                @Override
                public List<Entry> list(Query query) {
                    return List.of();
                }

                @Override
                public Optional<Revision> find(long revision) {
                    return Optional.empty();
                }

                @Override
                public Optional<ConfigChange> backTo(long revision) {
                    return Optional.empty();
                }
            };

    /// Which revisions to list.
    ///
    /// @param kind those that changed an entity of this kind; null for all
    /// @param id those that changed the entity of this id; null for all
    /// @param before those older than this revision
    /// @param size how many at most
    record Query(@Nullable EntityKind kind, @Nullable String id, long before, int size) {}

    /// One change in a list.
    ///
    /// @param author what the client called itself
    /// @param action `create`, `update`, `delete`, or the word that the change came with
    /// @param count how many entities it changed
    /// @param first some of them
    record Entry(
            long revision,
            Instant time,
            String author,
            String action,
            int count,
            List<Changed> first) {}

    /// An entity that was changed.
    ///
    /// @param name what its URL may call it; its id when it has no name
    record Changed(EntityKind kind, String id, String name, String action) {}

    /// One change as a whole.
    record Revision(
            long revision,
            Instant time,
            String author,
            String action,
            List<EntityChange> changes) {}

    /// Those that fit, newest first.
    List<Entry> list(Query query);

    Optional<Revision> find(long revision);

    /// What makes the configuration of now the one that it was right after a revision. Asked inside
    /// a write, it fits the snapshot of that write.
    ///
    /// @return empty when not everything is kept that has happened since
    Optional<ConfigChange> backTo(long revision);
}
