package dev.torii.engine.store;

import dev.torii.engine.telemetry.ReportTooLargeException;
import dev.torii.engine.telemetry.UsageQuery;
import dev.torii.engine.telemetry.UsageQuery.Dimension;
import dev.torii.model.api.UsageRow;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds rows up to a report, in one pass over the span.
final class UsageReportRows {

    static final int MAX_ROWS = 50_000;

    private static final String COLUMNS =
            """
            started_at, status, error IS NOT NULL, latency_ms, ttft_ms, prompt_tokens,
            completion_tokens, cached_tokens, reasoning_tokens, estimated, cost_usd
            """;

    private static final int COLUMN_COUNT = 11;

    private UsageReportRows() {}

    /// What tells rows apart; an array as key would not.
    private record Key(long bucket, List<@Nullable String> group) {}

    /// By time, then the busiest first.
    private static final Comparator<Map.Entry<Key, UsageTotals>> ORDER =
            Comparator.comparingLong((Map.Entry<Key, UsageTotals> row) -> row.getKey().bucket())
                    .thenComparingLong(row -> -row.getValue().requests())
                    .thenComparing(row -> row.getKey().group().toString());

    static List<UsageRow> read(Connection connection, UsageQuery query) throws SQLException {
        var sql = new StringBuilder("SELECT ").append(COLUMNS);
        for (Dimension dimension : query.groupBy()) {
            sql.append(", ").append(dimension.wireName());
        }
        sql.append(" FROM request WHERE started_at >= ? AND started_at < ?");
        var totals = new HashMap<Key, UsageTotals>();
        try (var select = connection.prepareStatement(sql.toString())) {
            select.setLong(1, query.from());
            select.setLong(2, query.to());
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    add(row, totals.computeIfAbsent(key(row, query), _ -> new UsageTotals()));
                    if (totals.size() > MAX_ROWS) {
                        throw new ReportTooLargeException(MAX_ROWS);
                    }
                }
            }
        }
        return rows(query, totals);
    }

    private static Key key(ResultSet row, UsageQuery query) throws SQLException {
        var group = new @Nullable String[query.groupBy().size()];
        for (int i = 0; i < group.length; i++) {
            group[i] = row.getString(COLUMN_COUNT + 1 + i);
        }
        return new Key(query.bucket().startOf(row.getLong(1)), Arrays.asList(group));
    }

    private static void add(ResultSet row, UsageTotals totals) throws SQLException {
        String cost = row.getString(11);
        totals.add(
                row.getInt(2) >= 400 || row.getBoolean(3),
                row.getLong(4),
                RequestRows.number(row, 5),
                RequestRows.number(row, 6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getBoolean(10),
                cost == null ? null : new BigDecimal(cost));
    }

    private static List<UsageRow> rows(UsageQuery query, Map<Key, UsageTotals> totals) {
        return totals.entrySet().stream()
                .sorted(ORDER)
                .map(row -> row.getValue().row(query, row.getKey().bucket(), row.getKey().group()))
                .toList();
    }
}
