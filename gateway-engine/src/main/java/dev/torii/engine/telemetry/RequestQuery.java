package dev.torii.engine.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which requests to list.
///
/// @param from Unix milliseconds, inclusive; a request belongs to the moment it began
/// @param to Unix milliseconds, exclusive
/// @param labels the value that a label must have
/// @param status a status, a class of statuses, or null for all
/// @param after where the page before ended; null for the first
public record RequestQuery(
        long from,
        long to,
        Map<UsageQuery.Dimension, String> labels,
        @Nullable StatusRange status,
        int size,
        @Nullable Cursor after) {

    public RequestQuery {
        labels = Map.copyOf(labels);
    }

    /// Statuses from `lowest` to `highest`, both included.
    public record StatusRange(int lowest, int highest) {}

    /// The last row of a page: rows are ordered by start, then by the order in which they were
    /// recorded.
    public record Cursor(long startedAt, long sequence) {

        /// How it stands in a URL.
        public String text() {
            return startedAt + "-" + sequence;
        }
    }
}
