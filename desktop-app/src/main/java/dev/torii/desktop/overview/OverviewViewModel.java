package dev.torii.desktop.overview;

import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.live.LiveUsage;
import dev.torii.desktop.live.TodayUsage;
import dev.torii.desktop.live.UsageFrame;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.task.Tasks.Cancellation;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.api.UsageRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// The numbers and pictures of the overview, live or out of the ledger.
public final class OverviewViewModel {

    private static final Duration RELOAD = Duration.ofSeconds(10);
    private static final int MOST_COST_ROWS = 8;

    private final LiveUsage live;
    private final TodayUsage today;
    private final LivePulse pulse;
    private final EngineStatus engine;
    private final Messages messages;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ZoneId zone;
    private final UsageHistory history;
    private final Metrics metrics;
    private final SeriesColors colors = new SeriesColors();

    private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.LIVE);
    private final ObjectProperty<GroupBy> groupBy = new SimpleObjectProperty<>(GroupBy.MODEL);
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<UsageFrame>> frame =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Metric>> cards =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<CostRow>> costs =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper flowing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper endpoint = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private @Nullable Cancellation source;
    private boolean inView;
    private Instant lastFrame = Instant.EPOCH;

    public OverviewViewModel(
            AdminClient client,
            LiveUsage live,
            TodayUsage today,
            LivePulse pulse,
            EngineStatus engine,
            Messages messages,
            Tasks tasks,
            InstantSource clock,
            ZoneId zone) {
        this.live = live;
        this.today = today;
        this.pulse = pulse;
        this.engine = engine;
        this.messages = messages;
        this.tasks = tasks;
        this.clock = clock;
        this.zone = zone;
        history = new UsageHistory(client, clock);
        metrics = new Metrics(messages, zone);
        range.subscribe((_, _) -> restart());
        groupBy.subscribe((_, _) -> restart());
        paused.subscribe(_ -> tellState());
        messages.language().subscribe((_, _) -> refreshWords());
        engine.state().subscribe(_ -> tellState());
        today.rows().subscribe(_ -> refreshWords());
    }

    /// Whether the numbers are those of before the engine went away.
    public ReadOnlyBooleanProperty stale() {
        return stale.getReadOnlyProperty();
    }

    /// The page came into view.
    public void start() {
        if (!inView) {
            inView = true;
            source =
                    range.get() == Range.LIVE
                            ? live.follow(groupBy.get(), this::take)
                            : followLedger();
        }
    }

    /// The page went out of view: nothing more is drawn or asked.
    public void stop() {
        inView = false;
        if (source != null) {
            source.cancel();
            source = null;
        }
    }

    private void restart() {
        if (inView) {
            stop();
            start();
        }
        tellState();
    }

    private Cancellation followLedger() {
        load();
        return tasks.every(RELOAD, () -> tasks.onUi(this::load));
    }

    private void load() {
        Range asked = range.get();
        GroupBy group = groupBy.get();
        if (!engine.running().get() || asked == Range.LIVE) {
            return;
        }
        tasks.run(
                () -> history.load(asked, group),
                result -> {
                    if (asked == range.get() && group == groupBy.get()) {
                        problem.set("");
                        take(result);
                    }
                },
                e -> problem.set(Objects.requireNonNullElse(e.getMessage(), "")));
    }

    private void take(UsageFrame next) {
        if (paused.get() || !inView) {
            return;
        }
        next.tokens().forEach(series -> colors.of(series.name()));
        frame.set(Optional.of(next));
        if (engine.running().get()) {
            lastFrame = clock.instant();
            refreshWords();
        }
    }

    private void refreshWords() {
        costs.set(costRows(today.rows().get()));
        frame.get()
                .ifPresent(now -> {
                    cards.set(metrics.of(now, range.get(), pulse.now().get(), clock.instant()));
                    empty.set(now.totals().requests() == 0 && today.rows().get().isEmpty());
                });
        tellState();
    }

    private void tellState() {
        EngineState state = engine.state().get();
        flowing.set(
                state instanceof EngineState.Running && !paused.get() && range.get() == Range.LIVE);
        stale.set(!(state instanceof EngineState.Running) && !lastFrame.equals(Instant.EPOCH));
        endpoint.set(engine.proxy().map(URI::toString).orElse(""));
        subtitle.set(
                !(state instanceof EngineState.Running)
                        ? lastFrame.equals(Instant.EPOCH)
                                ? ""
                                : messages.get("overview.lastKnown", Formats.clock(lastFrame, zone))
                        : paused.get()
                                ? messages.get("overview.pausedAt", Formats.clock(lastFrame, zone))
                                : messages.get(
                                        range.get() == Range.LIVE
                                                ? "overview.live"
                                                : "overview.fromLedger"));
    }

    private List<CostRow> costRows(List<UsageRow> rows) {
        BigDecimal dearest =
                rows.stream()
                        .map(UsageRow::costUsd)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(BigDecimal.ZERO);
        List<CostRow> result = new ArrayList<>();
        rows.stream()
                .filter(row -> row.group().get(GroupBy.MODEL.key()) != null)
                .sorted(
                        Comparator.comparing((UsageRow row) ->
                                        Objects.requireNonNullElse(row.costUsd(), BigDecimal.ZERO))
                                .thenComparingLong(UsageRow::requests)
                                .reversed())
                .limit(MOST_COST_ROWS)
                .forEach(row -> result.add(costRow(row, dearest)));
        return result;
    }

    private CostRow costRow(UsageRow row, BigDecimal dearest) {
        String model = String.valueOf(row.group().get(GroupBy.MODEL.key()));
        BigDecimal cost = row.costUsd();
        return new CostRow(
                model,
                messages.get("overview.requestCount", Formats.count(row.requests())),
                cost == null ? messages.get("overview.priceUnknown") : Formats.sum(cost),
                cost == null || dearest.signum() == 0
                        ? 0
                        : cost.divide(dearest, 4, RoundingMode.HALF_EVEN).doubleValue(),
                colors.of(model));
    }

    int colorOf(String name) {
        return colors.of(name);
    }

    public ObjectProperty<Range> range() {
        return range;
    }

    public ObjectProperty<GroupBy> groupBy() {
        return groupBy;
    }

    public BooleanProperty paused() {
        return paused;
    }

    /// What the charts show; empty until something is known.
    public ReadOnlyObjectProperty<Optional<UsageFrame>> frame() {
        return frame.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<Metric>> cards() {
        return cards.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<CostRow>> costs() {
        return costs.getReadOnlyProperty();
    }

    /// Whether the numbers are live, paused, or how old they are.
    public ReadOnlyStringProperty subtitle() {
        return subtitle.getReadOnlyProperty();
    }

    /// Whether new frames come in by themselves now.
    public ReadOnlyBooleanProperty flowing() {
        return flowing.getReadOnlyProperty();
    }

    /// Whether there was no request today, and none is shown.
    public ReadOnlyBooleanProperty empty() {
        return empty.getReadOnlyProperty();
    }

    /// Where applications send their requests.
    public ReadOnlyStringProperty endpoint() {
        return endpoint.getReadOnlyProperty();
    }

    /// Why the ledger did not answer; empty when it did.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }
}
