package dev.torii.engine.store;

import java.time.Duration;

/// How much of the history is kept: what is beyond either bound is forgotten with the next change.
public record HistoryLimits(int maxRevisions, Duration maxAge) {

    public static final HistoryLimits DEFAULT = new HistoryLimits(1_000, Duration.ofDays(90));
}
