package dev.torii.model.api;

import org.jspecify.annotations.Nullable;

/// Milliseconds that half, 95 % and 99 % of the requests stayed within, by nearest rank. All null
/// where nothing was measured.
public record Percentiles(@Nullable Long p50, @Nullable Long p95, @Nullable Long p99) {

    public static final Percentiles NONE = new Percentiles(null, null, null);
}
