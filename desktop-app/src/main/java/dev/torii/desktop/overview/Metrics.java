package dev.torii.desktop.overview;

import dev.torii.desktop.live.LivePulse.Rates;
import dev.torii.desktop.live.Totals;
import dev.torii.desktop.live.UsageFrame;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Messages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts a frame's sums into the words of the metric cards.
final class Metrics {

    private static final int TREND_POINTS = 40;
    private static final double ERRORS_WANTED = 0.01;
    private static final int BLUE = 1;
    private static final int ORANGE = 2;

    /// A forecast from less than this of a day would be a guess.
    private static final Duration ENOUGH_OF_A_DAY = Duration.ofHours(1);

    private final Messages messages;
    private final ZoneId zone;

    Metrics(Messages messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    List<Metric> of(UsageFrame frame, Range range, Rates rates, Instant now) {
        return List.of(
                requests(frame, range),
                tokens(frame, range, rates),
                errors(frame),
                firstToken(frame),
                costToday(frame, rates, now));
    }

    private Metric requests(UsageFrame frame, Range range) {
        long before = frame.before().requests();
        String note = "";
        if (before > 0) {
            long change = Math.round(100.0 * (frame.totals().requests() - before) / before);
            String key =
                    change > 0 ? "overview.more" : change < 0 ? "overview.less" : "overview.same";
            note = messages.get(key, Math.abs(change), title(range));
        }
        return metric(
                "overview.requests",
                Formats.count(frame.totals().requests()),
                messages.get("overview.last", title(range)),
                note,
                false,
                trend(frame.requests()),
                BLUE);
    }

    private Metric tokens(UsageFrame frame, Range range, Rates rates) {
        Totals totals = frame.totals();
        String note =
                totals.cachedTokens() > 0
                        ? messages.get(
                                "overview.cacheHits",
                                Math.round(100.0 * totals.cachedTokens() / totals.promptTokens()))
                        : totals.tokens() > 0
                                ? messages.get(
                                        "overview.inAndOut",
                                        Formats.count(totals.promptTokens()),
                                        Formats.count(totals.completionTokens()))
                                : "";
        double[] sum = new double[frame.steps()];
        for (UsageFrame.Series series : frame.tokens()) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += series.values()[i];
            }
        }
        boolean live = range == Range.LIVE;
        return metric(
                "overview.tokens",
                live ? Formats.rate(rates.tokensPerSecond()) : Formats.count(totals.tokens()),
                live ? "tok/s" : messages.get("overview.last", title(range)),
                note,
                false,
                trend(sum),
                BLUE);
    }

    private Metric errors(UsageFrame frame) {
        Totals totals = frame.totals();
        double share = totals.requests() == 0 ? 0 : (double) totals.errors() / totals.requests();
        return metric(
                "overview.errors",
                totals.requests() == 0 ? Formats.NONE : Formats.percent(share),
                totals.requests() == 0 ? "" : "%",
                totals.requests() == 0
                        ? ""
                        : messages.get(
                                share > ERRORS_WANTED
                                        ? "overview.errorsTooMany"
                                        : "overview.errorsOf",
                                Formats.count(totals.errors()),
                                Formats.count(totals.requests())),
                share > ERRORS_WANTED,
                trend(frame.errors()),
                ORANGE);
    }

    private Metric firstToken(UsageFrame frame) {
        @Nullable Long half = frame.totals().firstToken().p50();
        @Nullable Long most = frame.totals().firstToken().p95();
        return metric(
                "overview.firstTokenHalf",
                half == null ? Formats.NONE : Formats.latencyNumber(half),
                half == null ? "" : Formats.latencyUnit(half),
                most == null ? "" : "p95 " + Formats.latency(most),
                false,
                trend(frame.firstTokenP50()),
                BLUE);
    }

    private Metric costToday(UsageFrame frame, Rates rates, Instant now) {
        Optional<BigDecimal> cost = rates.costToday();
        return metric(
                "overview.costToday",
                cost.map(Formats::sum).orElse(Formats.NONE),
                "",
                cost.flatMap(soFar -> forecast(soFar, now))
                        .map(sum -> messages.get("overview.byMidnight", Formats.sum(sum)))
                        .orElse(""),
                false,
                new double[frame.steps()],
                BLUE);
    }

    private Optional<BigDecimal> forecast(BigDecimal soFar, Instant now) {
        var local = now.atZone(zone);
        Duration gone = Duration.between(local.toLocalDate().atStartOfDay(zone), local);
        if (soFar.signum() == 0 || gone.compareTo(ENOUGH_OF_A_DAY) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                soFar.multiply(BigDecimal.valueOf(Duration.ofDays(1).toSeconds()))
                        .divide(BigDecimal.valueOf(gone.toSeconds()), 2, RoundingMode.HALF_EVEN));
    }

    private Metric metric(
            String labelKey,
            String value,
            String unit,
            String note,
            boolean alarming,
            double[] trend,
            int color) {
        return new Metric(messages.get(labelKey), value, unit, note, alarming, trend, color);
    }

    private String title(Range range) {
        return messages.get(range.titleKey());
    }

    /// The values in few points: the mean of each stretch, NaN where it has none. The last stretch
    /// is left out, since it goes on.
    private static double[] trend(double[] whole) {
        int points = Math.min(TREND_POINTS, whole.length);
        double[] values = Arrays.copyOf(whole, whole.length - whole.length / points);
        double[] trend = new double[points];
        for (int i = 0; i < points; i++) {
            int first = i * values.length / points;
            int end = (i + 1) * values.length / points;
            trend[i] =
                    Arrays.stream(values, first, end)
                            .filter(value -> !Double.isNaN(value))
                            .average()
                            .orElse(Double.NaN);
        }
        return trend;
    }
}
