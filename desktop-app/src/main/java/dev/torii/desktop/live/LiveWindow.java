package dev.torii.desktop.live;

import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.live.UsageFrame.Series;
import dev.torii.model.api.RequestSummary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last ten minutes, second by second: five that are shown and five to compare them with. Not
/// thread-safe.
///
/// A request is told when it has ended, so its tokens are spread over the time that it ran: a long
/// answer is a plateau and not a spike at its end.
final class LiveWindow {

    static final int SHOWN = 300;
    private static final int KEPT = 2 * SHOWN;

    /// Percentiles of one second would jump; these many seconds are looked at together.
    private static final int SMOOTHING = 30;

    private static final int PERCENTILE_EVERY = 5;
    private static final int KEPT_OF_A_SECOND = 64;
    private static final int KEPT_OF_ALL = KEPT * KEPT_OF_A_SECOND;
    private static final long SECOND = 1000;

    /// The labels that a request can be grouped by.
    private record Labels(
            @Nullable String model,
            @Nullable String provider,
            @Nullable String route,
            @Nullable String service,
            @Nullable String consumer) {

        static Labels of(RequestSummary request) {
            return new Labels(
                    request.model(),
                    request.provider(),
                    request.route(),
                    request.service(),
                    request.consumer());
        }

        @Nullable String by(GroupBy group) {
            return switch (group) {
                case MODEL -> model;
                case PROVIDER -> provider;
                case ROUTE -> route;
                case SERVICE -> service;
                case CONSUMER -> consumer;
            };
        }
    }

    private static final class Second {

        private long number = -1;
        private boolean known;
        private final Map<Labels, double[]> tokens = new HashMap<>();
        private long requests;
        private long errors;
        private long promptTokens;
        private long completionTokens;
        private long cachedTokens;
        private @Nullable BigDecimal cost;
        private Sample firstToken = new Sample(KEPT_OF_A_SECOND);
        private Sample latency = new Sample(KEPT_OF_A_SECOND);

        void reset(long second) {
            number = second;
            known = false;
            tokens.clear();
            requests = 0;
            errors = 0;
            promptTokens = 0;
            completionTokens = 0;
            cachedTokens = 0;
            cost = null;
            firstToken = new Sample(KEPT_OF_A_SECOND);
            latency = new Sample(KEPT_OF_A_SECOND);
        }
    }

    private final Second[] ring = new Second[KEPT];
    private final Map<GroupBy, List<String>> seen = new HashMap<>();

    LiveWindow() {
        for (int i = 0; i < KEPT; i++) {
            ring[i] = new Second();
        }
    }

    /// Counts a request in; one that ended before the window began is left out.
    void add(RequestSummary request, Instant now) {
        long end = request.startedAt() + request.latencyMs();
        long oldest = second(now) - KEPT + 1;
        long endSecond = Math.min(end / SECOND, second(now));
        if (endSecond < oldest) {
            return;
        }
        count(at(endSecond), request);
        long tokens = orZero(request.promptTokens()) + orZero(request.completionTokens());
        if (tokens == 0) {
            return;
        }
        Labels labels = Labels.of(request);
        long begin = Math.min(request.startedAt(), end - 1);
        for (long s = Math.max(begin / SECOND, oldest); s <= endSecond; s++) {
            long millis = Math.min(end, (s + 1) * SECOND) - Math.max(begin, s * SECOND);
            if (millis > 0) {
                at(s).tokens.computeIfAbsent(labels, _ -> new double[1])[0] +=
                        (double) tokens * millis / (end - begin);
            }
        }
        for (GroupBy group : GroupBy.values()) {
            String name = labels.by(group);
            List<String> names = seen.computeIfAbsent(group, _ -> new ArrayList<>());
            if (name != null && !names.contains(name)) {
                names.add(name);
            }
        }
    }

    /// Says that everything that happened between two moments is, or will be, told.
    void know(Instant from, Instant to) {
        long first = Math.max(second(from), second(to) - KEPT + 1);
        for (long s = first; s <= second(to); s++) {
            at(s).known = true;
        }
    }

    UsageFrame frame(GroupBy group, Instant now) {
        long last = second(now);
        long first = last - SHOWN + 1;
        boolean[] missing = new boolean[SHOWN];
        double[] requests = new double[SHOWN];
        double[] errors = new double[SHOWN];
        double[][] firstToken = new double[2][SHOWN];
        double[][] latency = new double[2][SHOWN];
        Map<String, double[]> tokens = new LinkedHashMap<>();
        seen.getOrDefault(group, List.of()).forEach(name -> tokens.put(name, new double[SHOWN]));
        for (int i = 0; i < SHOWN; i++) {
            Second second = at(first + i);
            missing[i] = !second.known;
            requests[i] = second.requests;
            errors[i] = second.errors;
            for (Map.Entry<Labels, double[]> entry : second.tokens.entrySet()) {
                String name = entry.getKey().by(group);
                tokens.computeIfAbsent(name == null ? "" : name, _ -> new double[SHOWN])[i] +=
                        entry.getValue()[0];
            }
            if ((first + i) % PERCENTILE_EVERY == 0 || i == 0) {
                smooth(first + i, i, firstToken, latency);
            } else {
                carry(i, firstToken);
                carry(i, latency);
            }
        }
        List<Series> series = new ArrayList<>();
        tokens.forEach((name, values) -> series.add(new Series(name, values)));
        return new UsageFrame(
                Instant.ofEpochSecond(first),
                Duration.ofSeconds(1),
                series,
                missing,
                firstToken[0],
                firstToken[1],
                latency[0],
                latency[1],
                requests,
                errors,
                totals(first, last),
                totals(first - SHOWN, first - 1));
    }

    /// The rates of the last whole seconds.
    double requestsPerSecond(Instant now, int seconds) {
        double sum = 0;
        for (long s = second(now) - seconds; s < second(now); s++) {
            sum += at(s).requests;
        }
        return sum / seconds;
    }

    double tokensPerSecond(Instant now, int seconds) {
        double sum = 0;
        for (long s = second(now) - seconds; s < second(now); s++) {
            for (double[] tokens : at(s).tokens.values()) {
                sum += tokens[0];
            }
        }
        return sum / seconds;
    }

    private void smooth(long second, int step, double[][] firstToken, double[][] latency) {
        var tokens = new Sample(KEPT_OF_ALL);
        var whole = new Sample(KEPT_OF_ALL);
        for (long s = second - SMOOTHING + 1; s <= second; s++) {
            tokens.addAll(at(s).firstToken);
            whole.addAll(at(s).latency);
        }
        put(tokens, step, firstToken);
        put(whole, step, latency);
    }

    private static void carry(int step, double[][] values) {
        for (double[] line : values) {
            line[step] = line[step - 1];
        }
    }

    private static void put(Sample sample, int step, double[][] into) {
        Long median = sample.percentiles().p50();
        Long high = sample.percentiles().p95();
        into[0][step] = median == null ? Double.NaN : median;
        into[1][step] = high == null ? Double.NaN : high;
    }

    private Totals totals(long first, long last) {
        long requests = 0;
        long errors = 0;
        long prompt = 0;
        long completion = 0;
        long cached = 0;
        BigDecimal cost = null;
        var firstToken = new Sample(KEPT_OF_ALL);
        var latency = new Sample(KEPT_OF_ALL);
        for (long s = first; s <= last; s++) {
            Second second = at(s);
            requests += second.requests;
            errors += second.errors;
            prompt += second.promptTokens;
            completion += second.completionTokens;
            cached += second.cachedTokens;
            cost = sum(cost, second.cost);
            firstToken.addAll(second.firstToken);
            latency.addAll(second.latency);
        }
        return new Totals(
                requests,
                errors,
                prompt,
                completion,
                cached,
                Optional.ofNullable(cost),
                firstToken.percentiles(),
                latency.percentiles());
    }

    private static void count(Second second, RequestSummary request) {
        second.requests++;
        second.errors += request.failed() ? 1 : 0;
        second.promptTokens += orZero(request.promptTokens());
        second.completionTokens += orZero(request.completionTokens());
        second.cachedTokens += orZero(request.cachedTokens());
        second.cost = sum(second.cost, request.costUsd());
        second.latency.add(request.latencyMs());
        if (request.ttftMs() != null) {
            second.firstToken.add(request.ttftMs());
        }
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null ? b : b == null ? a : a.add(b);
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static long second(Instant time) {
        return time.getEpochSecond();
    }

    private Second at(long number) {
        Second second = ring[(int) (number % KEPT)];
        if (second.number < number) {
            second.reset(number);
        }
        return second;
    }
}
