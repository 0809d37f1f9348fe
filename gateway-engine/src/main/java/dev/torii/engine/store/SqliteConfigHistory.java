package dev.torii.engine.store;

import dev.torii.engine.store.EntityTable.UnreadableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The history in `config.db`. It shares the one connection with the writes, so each question waits
/// for the write that is under way; asked by that write itself, it does not.
final class SqliteConfigHistory implements ConfigHistory {

    private static final String RESTORE = "restore";

    private final Path database;
    private final HistoryTable table;
    private final ReentrantLock writer;
    private final LongSupplier newest;

    SqliteConfigHistory(
            Path database, HistoryTable table, ReentrantLock writer, LongSupplier newest) {
        this.database = database;
        this.table = table;
        this.writer = writer;
        this.newest = newest;
    }

    @Override
    public List<Entry> list(Query query) {
        return alone(() -> table.list(query));
    }

    @Override
    public Optional<Revision> find(long revision) {
        return alone(() -> table.find(revision));
    }

    @Override
    public Optional<ConfigChange> backTo(long revision) {
        return alone(() ->
                table.reaches(revision, newest.getAsLong())
                        ? Optional.of(new ConfigChange(table.asOf(revision), RESTORE))
                        : Optional.empty());
    }

    private interface Question<T> {
        T ask() throws SQLException, UnreadableException;
    }

    private <T> T alone(Question<T> question) {
        writer.lock();
        try {
            return question.ask();
        } catch (SQLException | UnreadableException e) {
            throw new StoreException(
                    "cannot read the history in %s: %s".formatted(database, e.getMessage()), e);
        } finally {
            writer.unlock();
        }
    }
}
