package dev.torii.desktop.client;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What to ask `/torii/usage` for.
///
/// @param groupBy null sums all requests up
public record UsageQuery(Instant from, Instant to, Bucket bucket, @Nullable GroupBy groupBy) {

    /// The width of one row in time.
    public enum Bucket {
        NONE,
        MINUTE,
        HOUR,
        DAY
    }

    /// What tells one row from the next.
    public enum GroupBy {
        MODEL,
        PROVIDER,
        ROUTE,
        SERVICE,
        CONSUMER;

        /// The name in queries and answers.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String text() {
        return "from="
                + from
                + "&to="
                + to
                + "&bucket="
                + bucket.name().toLowerCase(Locale.ROOT)
                + (groupBy == null ? "" : "&group_by=" + groupBy.key());
    }
}
