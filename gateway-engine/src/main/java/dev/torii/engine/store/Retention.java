package dev.torii.engine.store;

import java.time.Duration;

/// How much of the ledger is kept: what is beyond either bound is forgotten.
public record Retention(long maxRows, Duration maxAge) {

    public static final Retention DEFAULT = new Retention(1_000_000, Duration.ofDays(90));
}
