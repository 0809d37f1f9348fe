package dev.torii.engine.store;

import dev.torii.engine.telemetry.RequestQuery;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.Loss;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of the `request` table, in and out.
final class RequestRows {

    private static final String COLUMNS =
            """
            id, started_at, method, path, route, service, consumer, provider, model, response_model,
            status, upstream_status, stream, latency_ms, gateway_ms, ttft_ms, request_bytes,
            response_bytes, prompt_tokens, completion_tokens, cached_tokens, cache_write_tokens,
            reasoning_tokens, estimated, cost_usd, error, losses
            """;

    private static final int COLUMN_COUNT = 27;

    private static final String INSERT =
            "INSERT INTO request (" + COLUMNS + ") VALUES (" + "?,".repeat(COLUMN_COUNT - 1) + "?)";

    private RequestRows() {}

    static void insert(Connection connection, List<RequestSummary> batch) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            for (RequestSummary request : batch) {
                bind(insert, request);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, RequestSummary r) throws SQLException {
        insert.setString(1, r.id());
        insert.setLong(2, r.startedAt());
        insert.setString(3, r.method());
        insert.setString(4, r.path());
        insert.setString(5, r.route());
        insert.setString(6, r.service());
        insert.setString(7, r.consumer());
        insert.setString(8, r.provider());
        insert.setString(9, r.model());
        insert.setString(10, r.responseModel());
        insert.setInt(11, r.status());
        insert.setObject(12, r.upstreamStatus());
        insert.setBoolean(13, r.stream());
        insert.setLong(14, r.latencyMs());
        insert.setLong(15, r.gatewayMs());
        insert.setObject(16, r.ttftMs());
        insert.setLong(17, r.requestBytes());
        insert.setLong(18, r.responseBytes());
        insert.setObject(19, r.promptTokens());
        insert.setObject(20, r.completionTokens());
        insert.setObject(21, r.cachedTokens());
        insert.setObject(22, r.cacheWriteTokens());
        insert.setObject(23, r.reasoningTokens());
        insert.setBoolean(24, r.estimated());
        insert.setString(25, r.costUsd() == null ? null : r.costUsd().toPlainString());
        insert.setString(26, r.error());
        insert.setString(27, r.losses().isEmpty() ? null : Json.text(r.losses()));
    }

    static Optional<RequestSummary> find(Connection connection, String id) throws SQLException {
        try (var select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM request WHERE id = ?")) {
            select.setString(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    static RequestPage page(Connection connection, RequestQuery query) throws SQLException {
        var filter = Filter.of(query);
        String sql =
                "SELECT "
                        + COLUMNS
                        + ", seq FROM request WHERE "
                        + filter.sql()
                        + " ORDER BY started_at DESC, seq DESC LIMIT ?";
        // One row more than asked for tells whether there is a next page.
        filter.values().add(query.size() + 1);
        var data = new ArrayList<RequestSummary>();
        RequestQuery.Cursor last = null;
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < filter.values().size(); i++) {
                select.setObject(i + 1, filter.values().get(i));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    if (data.size() == query.size()) {
                        return new RequestPage(data, null, last == null ? null : last.text());
                    }
                    data.add(read(rows));
                    last = new RequestQuery.Cursor(rows.getLong(2), rows.getLong(COLUMN_COUNT + 1));
                }
            }
        }
        return new RequestPage(data, null, null);
    }

    /// The WHERE clause of a list, and the values for its question marks.
    private record Filter(String sql, List<Object> values) {

        static Filter of(RequestQuery query) {
            var sql = new StringBuilder("started_at >= ? AND started_at < ?");
            var values = new ArrayList<Object>(List.of(query.from(), query.to()));
            query.labels()
                    .forEach((label, value) -> {
                        sql.append(" AND ").append(label.wireName()).append(" = ?");
                        values.add(value);
                    });
            if (query.status() != null) {
                sql.append(" AND status BETWEEN ? AND ?");
                values.add(query.status().lowest());
                values.add(query.status().highest());
            }
            if (query.after() != null) {
                sql.append(" AND (started_at, seq) < (?, ?)");
                values.add(query.after().startedAt());
                values.add(query.after().sequence());
            }
            return new Filter(sql.toString(), values);
        }
    }

    private static RequestSummary read(ResultSet row) throws SQLException {
        String cost = row.getString(25);
        Long upstreamStatus = number(row, 12);
        return new RequestSummary(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getInt(11),
                upstreamStatus == null ? null : Math.toIntExact(upstreamStatus),
                row.getBoolean(13),
                row.getLong(14),
                row.getLong(15),
                number(row, 16),
                row.getLong(17),
                row.getLong(18),
                number(row, 19),
                number(row, 20),
                number(row, 21),
                number(row, 22),
                number(row, 23),
                row.getBoolean(24),
                cost == null ? null : new BigDecimal(cost),
                row.getString(26),
                losses(row.getString(27)));
    }

    private static List<Loss> losses(@Nullable String json) throws SQLException {
        if (json == null) {
            return List.of();
        }
        try {
            return List.of(Json.convert(Json.parse(json), Loss[].class));
        } catch (MalformedJsonException e) {
            throw new SQLException("the losses of a request are no JSON", e);
        }
    }

    static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
