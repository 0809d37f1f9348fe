package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigHistory.Changed;
import dev.torii.engine.store.ConfigHistory.Entry;
import dev.torii.engine.store.ConfigHistory.Query;
import dev.torii.engine.store.ConfigHistory.Revision;
import dev.torii.engine.store.EntityTable.UnreadableException;
import dev.torii.engine.store.Sealer.WrongKeyException;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.MalformedJsonException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables of the history in `config.db`: a row for each revision, and one for each entity that
/// it changed, as it was before and after.
final class HistoryTable {

    static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE revision (
                      revision INTEGER PRIMARY KEY,
                      time INTEGER NOT NULL,
                      author TEXT NOT NULL,
                      action TEXT NOT NULL,
                      changes INTEGER NOT NULL
                    ) STRICT
                    """,
                    """
                    CREATE TABLE revision_change (
                      seq INTEGER PRIMARY KEY,
                      revision INTEGER NOT NULL,
                      kind TEXT NOT NULL,
                      id TEXT NOT NULL,
                      name TEXT NOT NULL,
                      before TEXT,
                      before_secrets BLOB,
                      after TEXT,
                      after_secrets BLOB
                    ) STRICT
                    """,
                    "CREATE INDEX revision_change_revision ON revision_change (revision)",
                    "CREATE INDEX revision_change_entity ON revision_change (kind, id)");

    /// Of a change of thousands a list names only some.
    private static final int NAMED = 10;

    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final Connection connection;
    private final EntitySealer sealer;

    HistoryTable(Connection connection, EntitySealer sealer) {
        this.connection = connection;
        this.sealer = sealer;
    }

    void record(ConfigSnapshot snapshot, Instant time, String author, String action)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO revision (revision, time, author, action, changes) VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(1, snapshot.revision());
            insert.setLong(2, time.toEpochMilli());
            insert.setString(3, author);
            insert.setString(4, action);
            insert.setInt(5, snapshot.changes().size());
            insert.executeUpdate();
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO revision_change
                          (revision, kind, id, name, before, before_secrets, after, after_secrets)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            for (EntityChange change : snapshot.changes()) {
                insert.setLong(1, snapshot.revision());
                insert.setString(2, change.kind().schemaName());
                insert.setString(3, change.id());
                insert.setString(4, change.name());
                side(insert, 5, snapshot.revision(), change, BEFORE, change.before());
                side(insert, 7, snapshot.revision(), change, AFTER, change.after());
                insert.executeUpdate();
            }
        }
    }

    private void side(
            PreparedStatement insert,
            int column,
            long revision,
            EntityChange change,
            String side,
            @Nullable ObjectNode entity)
            throws SQLException {
        var sealed =
                entity == null
                        ? null
                        : sealer.sealPast(
                                change.kind(),
                                entity,
                                place(revision, change.kind(), change.id(), side));
        insert.setString(column, sealed == null ? null : sealed.open());
        insert.setBytes(column + 1, sealed == null ? null : sealed.secrets());
    }

    /// Forgets what is beyond the limits. What is left has no gap, whatever the clock did.
    void prune(long newest, HistoryLimits limits, Instant now) throws SQLException {
        try (var delete =
                connection.prepareStatement(
                        """
                        DELETE FROM revision WHERE revision <= ?
                          OR revision <= (SELECT max(revision) FROM revision WHERE time < ?)
                        """)) {
            delete.setLong(1, newest - limits.maxRevisions());
            delete.setLong(2, now.minus(limits.maxAge()).toEpochMilli());
            if (delete.executeUpdate() == 0) {
                return;
            }
        }
        try (var delete =
                connection.prepareStatement(
                        """
                        DELETE FROM revision_change
                        WHERE revision < (SELECT coalesce(min(revision), ?) FROM revision)
                        """)) {
            delete.setLong(1, newest + 1);
            delete.executeUpdate();
        }
    }

    List<Entry> list(Query query) throws SQLException {
        EntityKind kind = query.kind();
        String entities =
                kind == null && query.id() == null
                        ? ""
                        : "AND revision IN (SELECT revision FROM revision_change WHERE "
                                + (kind == null ? "" : "kind = ?2")
                                + (kind == null || query.id() == null ? "" : " AND ")
                                + (query.id() == null ? "" : "id = ?3")
                                + ")";
        List<Entry> entries = new ArrayList<>();
        try (var select =
                connection.prepareStatement(
                        "SELECT revision, time, author, action, changes FROM revision WHERE revision < ?1 "
                                + entities
                                + " ORDER BY revision DESC LIMIT ?4")) {
            select.setLong(1, query.before());
            if (kind != null) {
                select.setString(2, kind.schemaName());
            }
            if (query.id() != null) {
                select.setString(3, query.id());
            }
            select.setInt(4, query.size());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(
                            new Entry(
                                    rows.getLong(1),
                                    Instant.ofEpochMilli(rows.getLong(2)),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getInt(5),
                                    first(rows.getLong(1))));
                }
            }
        }
        return entries;
    }

    private List<Changed> first(long revision) throws SQLException {
        List<Changed> changed = new ArrayList<>();
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT kind, id, name, before IS NULL, after IS NULL FROM revision_change
                        WHERE revision = ? ORDER BY seq LIMIT ?
                        """)) {
            select.setLong(1, revision);
            select.setInt(2, NAMED);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    changed.add(
                            new Changed(
                                    kind(rows.getString(1)),
                                    rows.getString(2),
                                    rows.getString(3),
                                    EntityChange.action(!rows.getBoolean(4), !rows.getBoolean(5))));
                }
            }
        }
        return changed;
    }

    Optional<Revision> find(long revision) throws SQLException, UnreadableException {
        try (var select =
                connection.prepareStatement(
                        "SELECT time, author, action FROM revision WHERE revision = ?")) {
            select.setLong(1, revision);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Revision(
                                        revision,
                                        Instant.ofEpochMilli(row.getLong(1)),
                                        row.getString(2),
                                        row.getString(3),
                                        changes(revision)))
                        : Optional.empty();
            }
        }
    }

    private List<EntityChange> changes(long revision) throws SQLException, UnreadableException {
        List<EntityChange> changes = new ArrayList<>();
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT kind, id, before, before_secrets, after, after_secrets
                        FROM revision_change WHERE revision = ? ORDER BY seq
                        """)) {
            select.setLong(1, revision);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    EntityKind kind = kind(rows.getString(1));
                    String id = rows.getString(2);
                    changes.add(
                            new EntityChange(
                                    kind,
                                    id,
                                    entity(rows, 3, place(revision, kind, id, BEFORE)),
                                    entity(rows, 5, place(revision, kind, id, AFTER))));
                }
            }
        }
        return changes;
    }

    /// Whether all that came after a revision is kept.
    boolean reaches(long revision, long newest) throws SQLException {
        if (revision == newest) {
            return true;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT min(revision) FROM revision")) {
            long oldest = row.getLong(1);
            return !row.wasNull() && revision >= oldest - 1 && revision < newest;
        }
    }

    /// Each entity that was changed after a revision, as it was then.
    List<Step> asOf(long revision) throws SQLException, UnreadableException {
        List<Step> steps = new ArrayList<>();
        // Beside a min() the other columns are those of its row.
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT kind, id, min(revision), before, before_secrets FROM revision_change
                        WHERE revision > ? GROUP BY kind, id
                        """)) {
            select.setLong(1, revision);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    EntityKind kind = kind(rows.getString(1));
                    String id = rows.getString(2);
                    ObjectNode entity = entity(rows, 4, place(rows.getLong(3), kind, id, BEFORE));
                    steps.add(
                            entity == null
                                    ? new Step.Delete(kind, id)
                                    : new Step.Put(kind, id, entity));
                }
            }
        }
        return steps;
    }

    private @Nullable ObjectNode entity(ResultSet row, int column, String place)
            throws SQLException, UnreadableException {
        byte[] open = row.getBytes(column);
        if (open == null) {
            return null;
        }
        try {
            return sealer.open(open, row.getBytes(column + 1), place);
        } catch (MalformedJsonException | WrongKeyException e) {
            throw new UnreadableException("the history of " + place + " is damaged");
        }
    }

    private static EntityKind kind(String name) throws SQLException {
        return EntityKind.ofSchemaName(name)
                .orElseThrow(() ->
                        new SQLException("the history holds the unknown kind '" + name + "'"));
    }

    /// What a sealed secret is bound to.
    private static String place(long revision, EntityKind kind, String id, String side) {
        return kind.schemaName() + "/" + id + "@" + revision + "/" + side;
    }
}
