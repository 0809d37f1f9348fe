package dev.torii.desktop.live;

import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.live.UsageFrame.Series;
import dev.torii.model.api.Percentiles;
import dev.torii.model.api.UsageReport;
import dev.torii.model.api.UsageRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes frames of the engine's reports, for times longer ago than events reach.
public final class UsageFrames {

    private UsageFrames() {}

    /// A frame of `steps` buckets from `from` on.
    ///
    /// @param grouped a row for each bucket and group
    /// @param whole a row for each bucket
    /// @param totals one row over all, or none; `before` likewise
    public static UsageFrame of(
            Instant from,
            Duration step,
            int steps,
            GroupBy group,
            UsageReport grouped,
            UsageReport whole,
            UsageReport totals,
            UsageReport before) {
        Map<String, double[]> tokens = new LinkedHashMap<>();
        for (UsageRow row : grouped.data()) {
            int at = index(row, from, step, steps);
            String name = row.group().get(group.key());
            long sum = row.promptTokens() + row.completionTokens();
            if (at >= 0 && sum > 0) {
                tokens.computeIfAbsent(name == null ? "" : name, _ -> new double[steps])[at] +=
                        (double) sum / step.toSeconds();
            }
        }
        List<Series> series = new ArrayList<>();
        tokens.forEach((name, values) -> series.add(new Series(name, values)));
        double[][] lines = new double[6][steps];
        for (int i = 0; i < 4; i++) {
            Arrays.fill(lines[i], Double.NaN);
        }
        for (UsageRow row : whole.data()) {
            int at = index(row, from, step, steps);
            if (at >= 0) {
                lines[0][at] = orNaN(row.ttftMs().p50());
                lines[1][at] = orNaN(row.ttftMs().p95());
                lines[2][at] = orNaN(row.latencyMs().p50());
                lines[3][at] = orNaN(row.latencyMs().p95());
                lines[4][at] = row.requests();
                lines[5][at] = row.errors();
            }
        }
        return new UsageFrame(
                from,
                step,
                series,
                new boolean[steps],
                lines[0],
                lines[1],
                lines[2],
                lines[3],
                lines[4],
                lines[5],
                totals(totals),
                totals(before));
    }

    private static Totals totals(UsageReport report) {
        if (report.data().isEmpty()) {
            return Totals.NONE;
        }
        UsageRow row = report.data().getFirst();
        return new Totals(
                row.requests(),
                row.errors(),
                row.promptTokens(),
                row.completionTokens(),
                row.cachedTokens(),
                Optional.ofNullable(row.costUsd()),
                known(row.ttftMs()),
                known(row.latencyMs()));
    }

    private static Percentiles known(@Nullable Percentiles percentiles) {
        return percentiles == null ? Percentiles.NONE : percentiles;
    }

    private static double orNaN(@Nullable Long value) {
        return value == null ? Double.NaN : value;
    }

    private static int index(UsageRow row, Instant from, Duration step, int steps) {
        if (row.bucket() == null) {
            return -1;
        }
        long at =
                Math.floorDiv(
                        Duration.between(from, Instant.parse(row.bucket())).toSeconds(),
                        step.toSeconds());
        return at < 0 || at >= steps ? -1 : (int) at;
    }
}
