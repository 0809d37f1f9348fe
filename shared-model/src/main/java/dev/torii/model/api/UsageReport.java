package dev.torii.model.api;

import java.util.List;

/// The answer of `GET /torii/usage`.
///
/// @param data one row for each bucket and group with at least one request, oldest bucket first
/// @param dropped finished requests that could not be recorded since the engine started, and so are
///   in no row
public record UsageReport(List<UsageRow> data, long dropped) {

    public UsageReport {
        data = List.copyOf(data);
    }
}
