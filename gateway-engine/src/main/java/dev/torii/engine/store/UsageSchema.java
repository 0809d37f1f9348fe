package dev.torii.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables of `usage.db`, step by step. A step that has been released is never changed.
///
/// Percentiles are read from the rows themselves, so there are no rollups: they could not answer
/// the question that every report asks.
final class UsageSchema {

    /// `cost_usd` is text, since a REAL would round it.
    private static final List<List<String>> STEPS =
            List.of(
                    List.of(
                            """
                            CREATE TABLE request (
                              seq INTEGER PRIMARY KEY,
                              id TEXT NOT NULL,
                              started_at INTEGER NOT NULL,
                              method TEXT NOT NULL,
                              path TEXT NOT NULL,
                              route TEXT,
                              service TEXT,
                              consumer TEXT,
                              provider TEXT,
                              model TEXT,
                              response_model TEXT,
                              status INTEGER NOT NULL,
                              upstream_status INTEGER,
                              stream INTEGER NOT NULL,
                              latency_ms INTEGER NOT NULL,
                              gateway_ms INTEGER NOT NULL,
                              ttft_ms INTEGER,
                              request_bytes INTEGER NOT NULL,
                              response_bytes INTEGER NOT NULL,
                              prompt_tokens INTEGER,
                              completion_tokens INTEGER,
                              cached_tokens INTEGER,
                              cache_write_tokens INTEGER,
                              reasoning_tokens INTEGER,
                              estimated INTEGER NOT NULL,
                              cost_usd TEXT,
                              error TEXT
                            ) STRICT
                            """,
                            "CREATE INDEX request_started_at ON request (started_at)",
                            "CREATE INDEX request_id ON request (id)"));

    private UsageSchema() {}

    /// Does the steps that the file lacks, in one transaction.
    static void bringUpToDate(Connection connection) throws SQLException {
        if (version(connection) == STEPS.size()) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            // Asked again, since another connection may have been faster.
            int version = version(connection);
            if (version > STEPS.size()) {
                throw new SQLException(
                        "its schema version is %d, and this Torii knows versions up to %d"
                                .formatted(version, STEPS.size()));
            }
            for (List<String> step : STEPS.subList(version, STEPS.size())) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + STEPS.size());
            statement.execute("COMMIT");
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
