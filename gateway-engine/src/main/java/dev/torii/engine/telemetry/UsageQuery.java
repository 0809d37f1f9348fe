package dev.torii.engine.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a usage report adds up.
///
/// @param from Unix milliseconds, inclusive; a request belongs to the moment it began
/// @param to Unix milliseconds, exclusive
public record UsageQuery(long from, long to, Bucket bucket, List<Dimension> groupBy) {

    public UsageQuery {
        groupBy = List.copyOf(groupBy);
    }

    /// Spans of time, aligned to UTC.
    public enum Bucket {
        NONE(Duration.ZERO),
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final long millis;

        Bucket(Duration length) {
            this.millis = length.toMillis();
        }

        /// The beginning of the bucket that a moment falls in; 0 for all moments without buckets.
        public long startOf(long epochMillis) {
            return this == NONE ? 0 : Math.floorDiv(epochMillis, millis) * millis;
        }

        public static Optional<Bucket> of(String wireName) {
            return constant(values(), wireName);
        }
    }

    /// What rows can be told apart by.
    public enum Dimension {
        MODEL,
        PROVIDER,
        ROUTE,
        SERVICE,
        CONSUMER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Dimension> of(String wireName) {
            return constant(values(), wireName);
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] constants, String wireName) {
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(wireName)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
