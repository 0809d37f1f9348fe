package dev.torii.engine.store;

import dev.torii.engine.store.EntityTable.UnreadableException;
import dev.torii.engine.store.Migrations.NewerSchemaException;
import dev.torii.model.schema.PluginSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The configuration in a SQLite file, with the key of its secrets in another beside it.
///
/// The snapshot in memory is the truth for readers, so the file is held exclusively: a second
/// process would change it unseen.
public final class SqliteConfigStore implements ConfigStore {

    public static final String DATABASE = "config.db";
    public static final String KEY = "secret.key";

    private static final Logger log = LoggerFactory.getLogger(SqliteConfigStore.class);
    private static final int BUSY_MILLIS = 2_000;

    private final Path database;
    private final Connection connection;
    private final EntityTable table;
    private final HistoryTable historyTable;
    private final EntitySealer sealer;
    private final HistoryLimits limits;
    private final InstantSource clock;
    private final ConfigListeners listeners = new ConfigListeners();
    private final ReentrantLock writer = new ReentrantLock(true);
    private final ConfigHistory history;

    private volatile ConfigSnapshot snapshot;

    private SqliteConfigStore(
            Path database,
            Connection connection,
            EntityTable table,
            EntitySealer sealer,
            HistoryLimits limits,
            InstantSource clock)
            throws SQLException, UnreadableException {
        this.database = database;
        this.connection = connection;
        this.table = table;
        this.historyTable = new HistoryTable(connection, sealer);
        this.sealer = sealer;
        this.limits = limits;
        this.clock = clock;
        this.snapshot = table.read(sealer);
        this.history =
                new SqliteConfigHistory(
                        database, historyTable, writer, () -> snapshot().revision());
    }

    /// Opens the configuration of a data folder, or begins an empty one.
    ///
    /// @param folder exists
    /// @param plugins says which fields of a plugin are secret
    /// @throws StoreException when that cannot be; nothing has been changed then
    public static SqliteConfigStore open(Path folder, PluginSchemas plugins) {
        return open(folder, plugins, HistoryLimits.DEFAULT, InstantSource.system());
    }

    /// As the other, with limits for the history and a clock to date it by.
    public static SqliteConfigStore open(
            Path folder, PluginSchemas plugins, HistoryLimits limits, InstantSource clock) {
        Path database = folder.resolve(DATABASE);
        Connection connection = null;
        try {
            PrivateFiles.prepare(database);
            connection = connect(database);
            var table = new EntityTable(connection);
            var sealer = new EntitySealer(sealer(table, database, folder.resolve(KEY)), plugins);
            return new SqliteConfigStore(database, connection, table, sealer, limits, clock);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot open the configuration %s: %s; make the folder writable, or choose another data folder"
                            .formatted(database, PrivateFiles.reason(e)),
                    e);
        } catch (UnreadableException e) {
            close(connection);
            throw new StoreException(
                    "cannot read the configuration %s: %s; restore the file from a backup, or move it away to start empty"
                            .formatted(database, e.getMessage()),
                    e);
        } catch (SQLException e) {
            close(connection);
            throw failed("open", database, e);
        } catch (StoreException e) {
            close(connection);
            throw e;
        }
    }

    private static Connection connect(Path database) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setLockingMode(LockingMode.EXCLUSIVE);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + database);
        try {
            EntityTable.MIGRATIONS.bringUpToDate(connection);
            checkWhole(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void checkWhole(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = row.getString(1);
            if (!found.equals("ok")) {
                throw new SQLException(found, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
            }
        }
    }

    private static Sealer sealer(EntityTable table, Path database, Path keyFile)
            throws SQLException {
        boolean keyThere = Files.exists(keyFile);
        if (!table.hasKey()) {
            Sealer sealer = keyThere ? Sealer.open(keyFile) : Sealer.create(keyFile);
            table.remember(sealer);
            return sealer;
        }
        if (!keyThere) {
            throw new StoreException(
                    "the key file %s is missing, and without it the secrets in %s cannot be read; put it back from a backup, or move the configuration away to start empty"
                            .formatted(keyFile, database));
        }
        Sealer sealer = Sealer.open(keyFile);
        if (!table.isSealedWith(sealer)) {
            throw new StoreException(
                    "the key in %s is not the one that the secrets in %s were sealed with; put the right key file back from a backup, or move both files away to start empty"
                            .formatted(keyFile, database));
        }
        return sealer;
    }

    @Override
    public ConfigSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public ConfigSnapshot write(String author, Function<ConfigSnapshot, ConfigChange> change) {
        writer.lock();
        try {
            ConfigSnapshot before = snapshot;
            ConfigChange wanted = change.apply(before);
            ConfigSnapshot after = before.after(wanted);
            if (after.revision() == before.revision()) {
                return before;
            }
            persist(after, author, action(wanted, after));
            snapshot = after;
            listeners.tell(after);
            return after;
        } finally {
            writer.unlock();
        }
    }

    private static String action(ConfigChange wanted, ConfigSnapshot after) {
        if (wanted.action() != null) {
            return wanted.action();
        }
        var actions = after.changes().stream().map(EntityChange::action).distinct().toList();
        return actions.size() == 1 ? actions.getFirst() : EntityChange.UPDATE;
    }

    private void persist(ConfigSnapshot after, String author, String action) {
        try {
            execute("BEGIN IMMEDIATE");
            table.apply(after, sealer);
            Instant now = clock.instant();
            historyTable.record(after, now, author, action);
            historyTable.prune(after.revision(), limits, now);
            execute("COMMIT");
        } catch (SQLException e) {
            rollBack();
            throw failed("save", database, e);
        } catch (StoreException e) {
            rollBack();
            throw e;
        }
    }

    /// Transactions are begun and ended in so many words: after a full disk SQLite has ended one by
    /// itself, the driver would not know, and all later changes would go to the file one by one and
    /// yet be reported as failed.
    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("no transaction is active")) {
                return;
            }
            log.atWarn()
                    .addKeyValue("file", database)
                    .addKeyValue("error", e.getMessage())
                    .log("a change that failed could not be rolled back");
        }
    }

    @Override
    public ConfigHistory history() {
        return history;
    }

    @Override
    public void onChange(Consumer<ConfigSnapshot> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        writer.lock();
        try {
            close(connection);
        } finally {
            writer.unlock();
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.atWarn()
                        .addKeyValue("error", e.getMessage())
                        .log("the configuration could not be closed");
            }
        }
    }

    private static StoreException failed(String verb, Path database, SQLException e) {
        return new StoreException(
                "cannot %s the configuration %s: %s".formatted(verb, database, advice(e)), e);
    }

    private static String advice(SQLException e) {
        if (e instanceof NewerSchemaException) {
            return e.getMessage() + "; start that newer version, or choose another data folder";
        }
        int code =
                e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode().code
                        : e.getErrorCode();
        // The low byte is the kind of failure, the rest its variety.
        return switch (code & 0xff) {
            case 5, 6 ->
                    "another process works on it; stop that one, or choose another data folder";
            case 8, 14 -> "it cannot be written; make the file and its folder writable";
            case 11, 26 ->
                    "the file is damaged or no database; restore it from a backup, or move it away to start empty";
            case 13 -> "the disk is full; free some space and try again";
            default -> e.getMessage() + "; check the disk and try again";
        };
    }
}
