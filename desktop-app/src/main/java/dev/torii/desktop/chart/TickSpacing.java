package dev.torii.desktop.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// How far apart the ticks of a time axis stand: steps that people count in.
final class TickSpacing {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<Long> STEPS =
            List.of(
                    10 * SECOND,
                    30 * SECOND,
                    MINUTE,
                    2 * MINUTE,
                    5 * MINUTE,
                    10 * MINUTE,
                    15 * MINUTE,
                    30 * MINUTE,
                    HOUR,
                    2 * HOUR,
                    3 * HOUR,
                    6 * HOUR,
                    12 * HOUR,
                    DAY,
                    2 * DAY,
                    7 * DAY);

    private TickSpacing() {}

    /// The smallest spacing at which at most `most` ticks fit into a span.
    static long of(long span, double most) {
        for (long step : STEPS) {
            if (span / (double) step <= Math.max(1, most)) {
                return step;
            }
        }
        return STEPS.getLast();
    }

    /// What to add so that multiples of hours and days fall on those of the local clock.
    static long offset(long time) {
        return ZoneId.systemDefault()
                        .getRules()
                        .getOffset(Instant.ofEpochMilli(time))
                        .getTotalSeconds()
                * SECOND;
    }
}
