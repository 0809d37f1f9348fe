package dev.torii.engine.store;

import java.util.List;

/// The tables of `usage.db`.
///
/// Percentiles are read from the rows themselves, so there are no rollups: they could not answer
/// the question that every report asks.
final class UsageSchema {

    /// `cost_usd` is text, since a REAL would round it. `losses` is JSON, null for none.
    static final Migrations STEPS =
            new Migrations(
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
                                    "CREATE INDEX request_id ON request (id)"),
                            List.of("ALTER TABLE request ADD COLUMN losses TEXT")));

    private UsageSchema() {}
}
