package dev.torii.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of `GET /torii/history`, newest first.
///
/// @param next the path and query of the page after this one; null on the last
/// @param offset that page's `offset` alone; null on the last
public record RevisionPage(
        List<RevisionSummary> data, @Nullable String next, @Nullable String offset) {

    public RevisionPage {
        data = List.copyOf(data);
    }
}
