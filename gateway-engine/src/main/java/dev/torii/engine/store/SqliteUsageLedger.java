package dev.torii.engine.store;

import dev.torii.engine.telemetry.LedgerException;
import dev.torii.engine.telemetry.RequestQuery;
import dev.torii.engine.telemetry.UsageLedger;
import dev.torii.engine.telemetry.UsageQuery;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.UsageRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The ledger in a SQLite file of its own. After a failure the file is opened anew, so that a full
/// disk or a file in the way hurts only as long as it is there.
public final class SqliteUsageLedger implements UsageLedger {

    /// At most so many rows are forgotten with one batch, so that forgetting never takes long.
    private static final int FORGET = 10_000;

    private static final int BUSY_MILLIS = 2_000;

    private final Path file;
    private final Retention retention;
    private final InstantSource clock;

    /// The writer's own; null while the file cannot be opened.
    private @Nullable Connection writer;

    /// Opens the file, or makes it. A file that cannot be opened is no reason to fail: each call
    /// tries again, and says why it cannot.
    public SqliteUsageLedger(Path file, Retention retention, InstantSource clock) {
        this.file = file;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public void append(List<RequestSummary> batch) {
        try {
            Connection connection = writer == null ? openWriter() : writer;
            writer = connection;
            RequestRows.insert(connection, batch);
            forget(connection);
            connection.commit();
        } catch (SQLException e) {
            close();
            throw failed("write", e);
        }
    }

    private Connection openWriter() throws SQLException {
        try {
            PrivateFiles.prepare(file);
        } catch (IOException e) {
            throw new SQLException(PrivateFiles.reason(e), e);
        }
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            UsageSchema.STEPS.bringUpToDate(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void forget(Connection connection) throws SQLException {
        try (var tooMany =
                        connection.prepareStatement(
                                """
                                DELETE FROM request WHERE seq IN (
                                  SELECT seq FROM request
                                  WHERE seq <= (SELECT max(seq) FROM request) - ?
                                  ORDER BY seq LIMIT ?)
                                """);
                var tooOld =
                        connection.prepareStatement(
                                """
                                DELETE FROM request WHERE seq IN (
                                  SELECT seq FROM request WHERE started_at < ?
                                  ORDER BY started_at LIMIT ?)
                                """)) {
            tooMany.setLong(1, retention.maxRows());
            tooMany.setInt(2, FORGET);
            tooMany.executeUpdate();
            tooOld.setLong(1, clock.instant().minus(retention.maxAge()).toEpochMilli());
            tooOld.setInt(2, FORGET);
            tooOld.executeUpdate();
        }
    }

    @Override
    public List<UsageRow> report(UsageQuery query) {
        return read(connection -> UsageReportRows.read(connection, query));
    }

    @Override
    public RequestPage requests(RequestQuery query) {
        return read(connection -> RequestRows.page(connection, query));
    }

    @Override
    public Optional<RequestSummary> request(String id) {
        return read(connection -> RequestRows.find(connection, id));
    }

    private interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    /// Each read has a connection of its own: it costs far less than the read, and readers and the
    /// writer never wait for each other.
    private <T> T read(Read<T> read) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            UsageSchema.STEPS.bringUpToDate(connection);
            return read.from(connection);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private LedgerException failed(String what, SQLException e) {
        return new LedgerException(
                "cannot "
                        + what
                        + " the usage ledger "
                        + file
                        + ": "
                        + e.getMessage()
                        + ". Requests are served all the same. Free the disk, mend the file's"
                        + " permissions, or move the file away: recording goes on by itself.",
                e);
    }

    @Override
    public void close() {
        Connection connection = writer;
        writer = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // Nothing is lost: what was not committed is still in the caller's hands.
            }
        }
    }
}
