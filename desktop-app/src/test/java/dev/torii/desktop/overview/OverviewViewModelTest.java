package dev.torii.desktop.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.SampleTraffic;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.live.LiveUsage;
import dev.torii.desktop.live.TodayUsage;
import dev.torii.desktop.live.UsageFrame;
import dev.torii.desktop.task.DirectTasks;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.json.Json;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewViewModelTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final FakeEngine engine = new FakeEngine(NOW.minusSeconds(3600));
    private final HttpClient http = HttpClient.newHttpClient();
    private final AdminClient client = new AdminClient(http, engine::adminUri);
    private final DirectTasks tasks = new DirectTasks();
    private final EngineStatus status = new EngineStatus();
    private final Messages messages = new Messages(Locale.ENGLISH);
    private final LivePulse pulse = new LivePulse();
    private final LiveUsage live = new LiveUsage(tasks, clock, pulse, status::configChanged);
    private final TodayUsage today =
            new TodayUsage(client, live, pulse, tasks, clock, ZoneOffset.UTC);
    private final OverviewViewModel overview =
            new OverviewViewModel(
                    client, live, today, pulse, status, messages, tasks, clock, ZoneOffset.UTC);

    @BeforeEach
    void run() throws AdminProblem {
        status.update(
                new EngineState.Running(engine.adminUri(), engine.proxyUri(), client.identity()));
        live.connected(NOW.minusSeconds(3600));
    }

    @AfterEach
    void close() {
        http.close();
        engine.close();
    }

    @Test
    void addsUpTheLastFiveMinutes() throws AdminProblem {
        engine.requests(SampleTraffic.requests(NOW));
        var requests = client.requests(Instant.EPOCH, 10_000);
        long recent =
                requests.stream()
                        .map(request -> request.startedAt() + request.latencyMs())
                        .filter(end -> end / 1000 > NOW.getEpochSecond() - 300)
                        .count();
        live.backfill(requests);
        overview.start();

        tasks.tick();

        assertThat(card(0)).isEqualTo("Requests " + recent + " last 5 min");
        assertThat(card(2)).startsWith("Errors ").endsWith(" %");
        assertThat(overview.frame().get().orElseThrow().tokens())
                .extracting(UsageFrame.Series::name)
                .containsExactlyInAnyOrder(
                        "gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash", "qwen3:8b");
    }

    @Test
    void saysWhatToDoBeforeThereWasAnyRequest() {
        overview.start();

        tasks.tick();

        assertThat(overview.empty().get()).isTrue();
        assertThat(overview.endpoint().get()).isEqualTo(engine.proxyUri().toString());
    }

    @Test
    void showsTheCostOfTodayDearestFirst() {
        engine.usage(SampleTraffic.costs());

        today.refresh();

        assertThat(overview.costs().get())
                .extracting(CostRow::model, CostRow::cost)
                .startsWith(tuple("claude-sonnet-4-5", "$1.12"), tuple("gpt-4o-mini", "$0.61"));
        assertThat(pulse.now().get().costToday().orElseThrow()).isEqualByComparingTo("1.84");
    }

    @Test
    void asksTheLedgerForLongerRanges() {
        overview.start();

        overview.range().set(Range.HOUR);

        assertThat(engine.calls())
                .anySatisfy(call -> assertThat(call).contains("bucket=minute", "group_by=model"));
        assertThat(overview.frame().get().orElseThrow().steps()).isEqualTo(60);
        assertThat(overview.subtitle().get()).isEqualTo("Refreshed every 10 s");
    }

    @Test
    void putsEachRowOfTheLedgerIntoItsStep() {
        var row = SampleTraffic.costs().get(0).deepCopy();
        ((ObjectNode) row).put("bucket", "2026-11-25T11:59:00Z");
        engine.usage(Json.array().add(row));
        overview.start();

        overview.range().set(Range.HOUR);

        double[] tokens = overview.frame().get().orElseThrow().tokens().getFirst().values();
        assertThat(tokens[58]).isEqualTo(2000);
        assertThat(tokens[59]).isZero();
    }

    @Test
    void aPausedPictureStays() {
        overview.start();
        tasks.tick();
        Optional<UsageFrame> before = overview.frame().get();

        overview.paused().set(true);
        tasks.tick();

        assertThat(overview.frame().get()).isSameAs(before);
        assertThat(overview.subtitle().get()).isEqualTo("Paused · 12:00:00");
    }

    @Test
    void saysHowOldTheNumbersAreWhenTheEngineIsAway() {
        overview.start();
        tasks.tick();

        status.update(new EngineState.Stopped());

        assertThat(overview.stale().get()).isTrue();
        assertThat(overview.subtitle().get()).isEqualTo("Last known values · 12:00:00");
    }

    @Test
    void asksForNothingWhileOutOfView() {
        overview.start();
        overview.stop();
        Optional<UsageFrame> before = overview.frame().get();

        tasks.tick();

        assertThat(overview.frame().get()).isEqualTo(before);
    }

    private String card(int index) {
        Metric metric = overview.cards().get().get(index);
        return (metric.label() + " " + metric.value() + " " + metric.unit()).strip();
    }
}
