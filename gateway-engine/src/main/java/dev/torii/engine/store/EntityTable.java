package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.Sealer.WrongKeyException;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.AlikeObjects;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tables of `config.db` that hold the configuration of now: one row for each entity, its
/// secrets sealed in a column of their own, and the revision.
final class EntityTable {

    static final Migrations MIGRATIONS =
            new Migrations(
                    List.of(
                            List.of(
                                    """
                                    CREATE TABLE entity (
                                      kind TEXT NOT NULL,
                                      id TEXT NOT NULL,
                                      body TEXT NOT NULL,
                                      secrets BLOB,
                                      PRIMARY KEY (kind, id)
                                    ) STRICT, WITHOUT ROWID
                                    """,
                                    """
                                    CREATE TABLE state (
                                      one INTEGER PRIMARY KEY CHECK (one = 1),
                                      revision INTEGER NOT NULL,
                                      key_proof BLOB
                                    ) STRICT
                                    """,
                                    "INSERT INTO state (one, revision) VALUES (1, 0)"),
                            HistoryTable.TABLES));

    private static final String PROOF = "torii";

    private final Connection connection;

    EntityTable(Connection connection) {
        this.connection = connection;
    }

    /// Whether a key has been used on this file before.
    boolean hasKey() throws SQLException {
        return keyProof() != null;
    }

    /// Leaves a text by which the key is known again.
    void remember(Sealer sealer) throws SQLException {
        try (var update = connection.prepareStatement("UPDATE state SET key_proof = ?")) {
            update.setBytes(1, sealer.seal(Json.bytes(PROOF), PROOF));
            update.executeUpdate();
        }
    }

    boolean isSealedWith(Sealer sealer) throws SQLException {
        byte[] proof = keyProof();
        try {
            return proof != null && sealer.unseal(proof, PROOF).length > 0;
        } catch (WrongKeyException e) {
            return false;
        }
    }

    private byte @Nullable [] keyProof() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT key_proof FROM state")) {
            return row.next() ? row.getBytes(1) : null;
        }
    }

    /// Parsing is most of this, so all cores take part.
    ConfigSnapshot read(EntitySealer sealer) throws SQLException {
        List<Row> rows = rows();
        var alike = new AlikeObjects();
        List<ObjectNode> read =
                rows.parallelStream().map(row -> row.entity(sealer, alike)).toList();
        Map<EntityKind, Map<String, ObjectNode>> entities = new EnumMap<>(EntityKind.class);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            entities.computeIfAbsent(row.kind, _ -> new TreeMap<>()).put(row.id, read.get(i));
        }
        return new ConfigSnapshot(revision(), entities);
    }

    private List<Row> rows() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT kind, id, body, secrets FROM entity")) {
            while (row.next()) {
                String kindName = text(row.getBytes(1));
                EntityKind kind =
                        EntityKind.ofSchemaName(kindName)
                                .orElseThrow(() ->
                                        new UnreadableException(
                                                "it holds entities of the unknown kind '"
                                                        + kindName
                                                        + "'"));
                rows.add(new Row(kind, text(row.getBytes(2)), row.getBytes(3), row.getBytes(4)));
            }
        }
        return rows;
    }

    /// The driver's own way from a column to a text takes several times as long.
    private static String text(byte[] column) {
        return new String(column, StandardCharsets.UTF_8);
    }

    /// An entity as it lies in the table.
    private static final class Row {

        private final EntityKind kind;
        private final String id;
        private final byte[] body;
        private final byte @Nullable [] secrets;

        Row(EntityKind kind, String id, byte[] body, byte @Nullable [] secrets) {
            this.kind = kind;
            this.id = id;
            this.body = body;
            this.secrets = secrets;
        }

        ObjectNode entity(EntitySealer sealer, AlikeObjects alike) {
            try {
                return secrets == null
                        ? alike.read(body)
                        : sealer.open(body, secrets, place(kind, id));
            } catch (MalformedJsonException e) {
                throw new UnreadableException(
                        "the row of " + kind.schemaName() + " " + id + " is damaged");
            } catch (WrongKeyException e) {
                throw new UnreadableException(
                        "the secrets of " + kind.schemaName() + " " + id + " are damaged");
            }
        }
    }

    private long revision() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT revision FROM state")) {
            return row.getLong(1);
        }
    }

    void apply(ConfigSnapshot after, EntitySealer sealer) throws SQLException {
        try (var put =
                        connection.prepareStatement(
                                "INSERT OR REPLACE INTO entity (kind, id, body, secrets) VALUES (?, ?, ?, ?)");
                var delete =
                        connection.prepareStatement(
                                "DELETE FROM entity WHERE kind = ? AND id = ?");
                var update = connection.prepareStatement("UPDATE state SET revision = ?")) {
            for (EntityChange change : after.changes()) {
                ObjectNode entity = change.after();
                PreparedStatement step = entity == null ? delete : put;
                step.setString(1, change.kind().schemaName());
                step.setString(2, change.id());
                if (entity != null) {
                    var sealed =
                            sealer.seal(change.kind(), entity, place(change.kind(), change.id()));
                    step.setString(3, sealed.open());
                    step.setBytes(4, sealed.secrets());
                }
                step.executeUpdate();
            }
            update.setLong(1, after.revision());
            update.executeUpdate();
        }
    }

    private static String place(EntityKind kind, String id) {
        return kind.schemaName() + "/" + id;
    }

    /// The file is a database, but not one that can be used.
    static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
