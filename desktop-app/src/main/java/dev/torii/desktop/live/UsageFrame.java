package dev.torii.desktop.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A stretch of time cut into equal steps, and what happened in each: one picture of the charts.
/// Arrays are never changed after the frame is made.
///
/// @param tokens tokens per second by group, in the order of first sight
/// @param missing steps of which nothing is known, as the engine did not run
/// @param firstTokenP50 milliseconds, NaN in a step without streams; likewise the next three
/// @param totals of all steps
/// @param before of as long a time just before; empty totals where it is not known
@SuppressWarnings("ArrayRecordComponent") // hundreds of points, never compared
public record UsageFrame(
        Instant from,
        Duration step,
        List<Series> tokens,
        boolean[] missing,
        double[] firstTokenP50,
        double[] firstTokenP95,
        double[] latencyP50,
        double[] latencyP95,
        double[] requests,
        double[] errors,
        Totals totals,
        Totals before) {

    /// One group's values, a number for each step.
    @SuppressWarnings("ArrayRecordComponent") // hundreds of points, never compared
    public record Series(String name, double[] values) {}

    public UsageFrame {
        tokens = List.copyOf(tokens);
    }

    public int steps() {
        return missing.length;
    }

    public Instant to() {
        return from.plus(step.multipliedBy(steps()));
    }
}
