package dev.torii.desktop.live;

import dev.torii.model.api.Percentiles;
import java.util.Arrays;

/// Millisecond values collected for percentiles. Of very many, only the first are kept.
final class Sample {

    private static final int FIRST = 8;

    private final int most;

    private long[] values = new long[FIRST];
    private int size;

    /// @param most how many values are kept
    Sample(int most) {
        this.most = most;
    }

    void add(long value) {
        if (size == most) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void addAll(Sample other) {
        for (int i = 0; i < other.size; i++) {
            add(other.values[i]);
        }
    }

    /// By nearest rank, as the engine does it.
    Percentiles percentiles() {
        if (size == 0) {
            return Percentiles.NONE;
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return new Percentiles(rank(sorted, 50), rank(sorted, 95), rank(sorted, 99));
    }

    private static long rank(long[] sorted, int percent) {
        return sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
    }
}
