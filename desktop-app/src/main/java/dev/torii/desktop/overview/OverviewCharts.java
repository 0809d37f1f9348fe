package dev.torii.desktop.overview;

import dev.torii.desktop.chart.ChartData;
import dev.torii.desktop.chart.ChartData.Line;
import dev.torii.desktop.chart.ChartData.Stroke;
import dev.torii.desktop.live.UsageFrame;
import dev.torii.desktop.live.UsageFrame.Series;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// Turns a frame into what the charts draw.
final class OverviewCharts {

    private static final int BLUE = 1;
    private static final double LEAST_TOKENS = 10;
    private static final double LEAST_MILLIS = 1000;

    private final Messages messages;
    private final ZoneId zone;

    OverviewCharts(Messages messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    /// Tokens per second, stacked by group; groups without a colour of their own become one.
    ChartData tokens(UsageFrame frame, Range range, OverviewViewModel model) {
        Map<String, Line> lines = new LinkedHashMap<>();
        Line other = null;
        for (Series series : frame.tokens()) {
            int color = model.colorOf(series.name());
            if (color == SeriesColors.OTHER) {
                other = merged(other, series);
            } else {
                lines.put(
                        series.name(),
                        new Line(name(series), series.values(), color, Stroke.SOLID));
            }
        }
        List<Line> all = new ArrayList<>(lines.values());
        if (other != null) {
            all.add(other);
        }
        return data(
                frame,
                all,
                LEAST_TOKENS,
                true,
                words(
                        range,
                        Formats::tick,
                        value -> Formats.rate(value) + " tok/s",
                        messages.get("overview.total")));
    }

    ChartData percentiles(UsageFrame frame, double[] half, double[] most, Range range) {
        return data(
                frame,
                List.of(
                        new Line("p50", half, BLUE, Stroke.SOLID),
                        new Line("p95", most, BLUE, Stroke.DASHED)),
                LEAST_MILLIS,
                false,
                words(
                        range,
                        value -> Formats.latencyTick(Math.round(value)),
                        value -> Formats.latency(Math.round(value)),
                        ""));
    }

    private Line merged(@Nullable Line other, Series series) {
        double[] sum = series.values().clone();
        if (other != null) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other.values()[i];
            }
        }
        return new Line(messages.get("overview.other"), sum, SeriesColors.OTHER, Stroke.SOLID);
    }

    private String name(Series series) {
        return series.name().isEmpty() ? messages.get("overview.noGroup") : series.name();
    }

    private static ChartData data(
            UsageFrame frame,
            List<Line> lines,
            double least,
            boolean stacked,
            ChartData.Words words) {
        return new ChartData(
                frame.from().toEpochMilli(),
                frame.step().toMillis(),
                lines,
                frame.missing(),
                least,
                stacked,
                words);
    }

    private ChartData.Words words(
            Range range, DoubleFunction<String> axis, DoubleFunction<String> value, String total) {
        return new ChartData.Words(
                axis,
                value,
                total,
                time -> tick(Instant.ofEpochMilli(time), range),
                time -> moment(Instant.ofEpochMilli(time), range),
                millis ->
                        messages.get(
                                "overview.gap", Formats.span(Duration.ofMillis(millis), messages)));
    }

    private String tick(Instant time, Range range) {
        return switch (range) {
            case LIVE, HOUR, DAY -> Formats.minute(time, zone);
            case WEEK -> Formats.day(time, zone);
        };
    }

    private String moment(Instant time, Range range) {
        return switch (range) {
            case LIVE -> Formats.clock(time, zone);
            case HOUR -> Formats.minute(time, zone);
            case DAY, WEEK -> Formats.dayAndMinute(time, zone);
        };
    }
}
