package dev.torii.desktop.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/// What a [LiveChart] shows. The arrays belong to the chart from then on.
///
/// @param from Unix milliseconds at which the first step begins
/// @param step milliseconds of one step
/// @param missing steps of which nothing is known: hatched
/// @param least the scale reaches at least this far
/// @param stacked whether the lines stand on one another, with their areas filled
@SuppressWarnings("ArrayRecordComponent") // hundreds of points, never compared
public record ChartData(
        long from,
        long step,
        List<Line> lines,
        boolean[] missing,
        double least,
        boolean stacked,
        Words words) {

    /// One series.
    ///
    /// @param values one for each step; NaN draws nothing there
    /// @param color the number of the series colour, 1 to 6; 0 is that of "other"
    @SuppressWarnings("ArrayRecordComponent") // hundreds of points, never compared
    public record Line(String name, double[] values, int color, Stroke stroke) {}

    /// How a line is drawn, so that colour does not stand alone.
    public enum Stroke {
        SOLID,
        DASHED
    }

    /// How the chart says things.
    ///
    /// @param axis a value at the axis
    /// @param value a value in the hover card
    /// @param total the word before the sum; empty shows none
    /// @param tick a moment at the axis, in Unix milliseconds
    /// @param moment a moment in the hover card
    /// @param gap the words for a gap of so many milliseconds
    public record Words(
            DoubleFunction<String> axis,
            DoubleFunction<String> value,
            String total,
            LongFunction<String> tick,
            LongFunction<String> moment,
            LongFunction<String> gap) {}

    public ChartData {
        lines = List.copyOf(lines);
    }

    public int steps() {
        return missing.length;
    }
}
