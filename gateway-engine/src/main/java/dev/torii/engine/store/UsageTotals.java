package dev.torii.engine.store;

import dev.torii.engine.telemetry.UsageQuery;
import dev.torii.model.api.Percentiles;
import dev.torii.model.api.UsageRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sums of one row of a report. Durations are kept one by one, so percentiles are exact.
final class UsageTotals {

    private long requests;
    private long errors;
    private long promptTokens;
    private long completionTokens;
    private long cachedTokens;
    private long reasoningTokens;
    private long estimated;
    private long unpriced;
    private @Nullable BigDecimal cost;
    private final Durations latency = new Durations();
    private final Durations firstToken = new Durations();

    long requests() {
        return requests;
    }

    /// @param prompt null where no tokens are known; then the other counts are 0
    void add(
            boolean failed,
            long latencyMs,
            @Nullable Long ttftMs,
            @Nullable Long prompt,
            long completion,
            long cached,
            long reasoning,
            boolean isEstimated,
            @Nullable BigDecimal costUsd) {
        requests++;
        errors += failed ? 1 : 0;
        latency.add(latencyMs);
        if (ttftMs != null) {
            firstToken.add(ttftMs);
        }
        if (prompt != null) {
            promptTokens += prompt;
            completionTokens += completion;
            cachedTokens += cached;
            reasoningTokens += reasoning;
            unpriced += costUsd == null ? 1 : 0;
        }
        estimated += isEstimated ? 1 : 0;
        if (costUsd != null) {
            cost = cost == null ? costUsd : cost.add(costUsd);
        }
    }

    UsageRow row(UsageQuery query, long bucket, List<@Nullable String> labels) {
        var group = new LinkedHashMap<String, @Nullable String>();
        for (int i = 0; i < labels.size(); i++) {
            group.put(query.groupBy().get(i).wireName(), labels.get(i));
        }
        return new UsageRow(
                query.bucket() == UsageQuery.Bucket.NONE
                        ? null
                        : Instant.ofEpochMilli(bucket).toString(),
                group,
                requests,
                errors,
                promptTokens,
                completionTokens,
                cachedTokens,
                reasoningTokens,
                estimated,
                unpriced,
                cost,
                latency.percentiles(),
                firstToken.percentiles());
    }

    /// A growing list of milliseconds.
    private static final class Durations {

        private long[] values = new long[8];
        private int size;

        void add(long millis) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = millis;
        }

        Percentiles percentiles() {
            if (size == 0) {
                return Percentiles.NONE;
            }
            Arrays.sort(values, 0, size);
            return new Percentiles(rank(50), rank(95), rank(99));
        }

        /// The smallest value that at least so many percent of all values do not exceed.
        private long rank(int percent) {
            int position = Math.toIntExact(((long) size * percent + 99) / 100);
            return values[position - 1];
        }
    }
}
