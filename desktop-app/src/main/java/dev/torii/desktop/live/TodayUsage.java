package dev.torii.desktop.live;

import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.UsageQuery;
import dev.torii.desktop.client.UsageQuery.Bucket;
import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.task.Tasks;
import dev.torii.model.api.UsageReport;
import dev.torii.model.api.UsageRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What each model has cost since midnight here. Asked again when requests came in, at most every
/// few seconds, and after midnight.
public final class TodayUsage {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final AdminClient client;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ZoneId zone;
    private final LivePulse pulse;
    private final ReadOnlyObjectWrapper<List<UsageRow>> rows =
            new ReadOnlyObjectWrapper<>(List.of());
    private boolean stale;
    private Instant midnight = Instant.MIN;

    public TodayUsage(
            AdminClient client,
            LiveUsage live,
            LivePulse pulse,
            Tasks tasks,
            InstantSource clock,
            ZoneId zone) {
        this.client = client;
        this.tasks = tasks;
        this.clock = clock;
        this.zone = zone;
        this.pulse = pulse;
        live.listen(_ -> stale = true);
        tasks.every(PAUSE, () -> tasks.onUi(this::refreshIfStale));
    }

    /// One row for each model asked today.
    public ReadOnlyObjectProperty<List<UsageRow>> rows() {
        return rows.getReadOnlyProperty();
    }

    /// Asks again now.
    public void refresh() {
        stale = false;
        Instant now = clock.instant();
        midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        var query = new UsageQuery(midnight, now.plus(PAUSE), Bucket.NONE, GroupBy.MODEL);
        tasks.run(() -> client.usage(query), this::show, _ -> stale = true);
    }

    private void refreshIfStale() {
        Instant today = clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        if (stale || (!midnight.equals(Instant.MIN) && !midnight.equals(today))) {
            refresh();
        }
    }

    private void show(UsageReport report) {
        rows.set(report.data());
        BigDecimal sum = BigDecimal.ZERO;
        for (UsageRow row : report.data()) {
            sum = row.costUsd() == null ? sum : sum.add(row.costUsd());
        }
        pulse.costToday(sum);
    }
}
