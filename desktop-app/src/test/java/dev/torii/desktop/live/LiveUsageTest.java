package dev.torii.desktop.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.task.DirectTasks;
import dev.torii.model.api.ConfigEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveUsageTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final DirectTasks tasks = new DirectTasks();
    private final LivePulse pulse = new LivePulse();
    private final List<Long> revisions = new ArrayList<>();
    private final LiveUsage live =
            new LiveUsage(tasks, InstantSource.fixed(NOW), pulse, revisions::add);
    private final List<UsageFrame> frames = new ArrayList<>();

    @Test
    void handsOutOneFrameATickHoweverManyEventsCame() {
        live.follow(GroupBy.MODEL, frames::add);
        for (int i = 0; i < 100; i++) {
            live.onUsage(LiveWindowTest.request("r" + i, NOW.minusSeconds(5), 1000, 200, 300L));
        }
        assertThat(frames).isEmpty();

        tasks.tick();

        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().totals().requests()).isEqualTo(100);
    }

    @Test
    void countsARequestOnceThatIsToldAndBackfilled() {
        var request = LiveWindowTest.request("a", NOW.minusSeconds(5), 1000, 200, 300L);
        live.follow(GroupBy.MODEL, frames::add);
        live.onUsage(request);
        live.backfill(List.of(request));

        tasks.tick();

        assertThat(frames.getLast().totals().requests()).isEqualTo(1);
    }

    @Test
    void givesNoFramesAfterTheFollowerLeft() {
        live.follow(GroupBy.MODEL, frames::add).cancel();

        tasks.tick();

        assertThat(frames).isEmpty();
    }

    @Test
    void tellsTheRatesOfTheLastSeconds() {
        for (int i = 0; i < 20; i++) {
            live.onUsage(LiveWindowTest.request("r" + i, NOW.minusSeconds(4), 500, 200, 300L));
        }

        tasks.tick();

        assertThat(pulse.now().get().requestsPerSecond()).isEqualTo(2);
        assertThat(pulse.now().get().tokensPerSecond()).isEqualTo(200);
    }

    @Test
    void secondsWithoutAConnectionAreGaps() {
        live.follow(GroupBy.MODEL, frames::add);
        live.connected(NOW.minusSeconds(100));
        tasks.tick();
        live.disconnected();

        boolean[] missing = frames.getLast().missing();

        assertThat(missing[LiveWindow.SHOWN - 1]).isFalse();
        assertThat(missing[0]).isTrue();
    }

    @Test
    void tellsEachNewRevision() {
        live.onConfig(new ConfigEvent(7, "services", "1", "create"));

        assertThat(revisions).containsExactly(7L);
    }
}
