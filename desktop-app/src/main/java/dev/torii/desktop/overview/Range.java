package dev.torii.desktop.overview;

import dev.torii.desktop.client.UsageQuery.Bucket;
import java.time.Duration;

/// The stretches of time to choose from. The first is live; the others come from the ledger.
public enum Range {
    LIVE("overview.rangeLive", Duration.ofMinutes(5), Duration.ofSeconds(1), Bucket.NONE),
    HOUR("overview.rangeHour", Duration.ofHours(1), Duration.ofMinutes(1), Bucket.MINUTE),
    DAY("overview.rangeDay", Duration.ofHours(24), Duration.ofHours(1), Bucket.HOUR),
    WEEK("overview.rangeWeek", Duration.ofDays(7), Duration.ofHours(1), Bucket.HOUR);

    private final String titleKey;
    private final Duration length;
    private final Duration step;
    private final Bucket bucket;

    Range(String titleKey, Duration length, Duration step, Bucket bucket) {
        this.titleKey = titleKey;
        this.length = length;
        this.step = step;
        this.bucket = bucket;
    }

    String titleKey() {
        return titleKey;
    }

    Duration length() {
        return length;
    }

    Duration step() {
        return step;
    }

    Bucket bucket() {
        return bucket;
    }

    int steps() {
        return (int) length.dividedBy(step);
    }
}
