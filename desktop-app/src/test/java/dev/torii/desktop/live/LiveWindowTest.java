package dev.torii.desktop.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.model.api.RequestSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveWindowTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final int LAST = LiveWindow.SHOWN - 1;

    private final LiveWindow window = new LiveWindow();

    @Test
    void spreadsTheTokensOfARequestOverTheTimeItRan() {
        window.add(request("a", NOW.minusMillis(2500), 2500, 200, 400L), NOW);

        var values = window.frame(GroupBy.MODEL, NOW).tokens().getFirst().values();

        assertThat(Arrays.copyOfRange(values, LAST - 4, LAST + 1))
                .containsExactly(0, 20, 40, 40, 0);
    }

    @Test
    void groupsByTheLabelAskedFor() {
        window.add(request("a", NOW.minusMillis(10), 10, 200, 400L), NOW);

        assertThat(window.frame(GroupBy.ROUTE, NOW).tokens())
                .extracting(UsageFrame.Series::name)
                .containsExactly("chat-route");
    }

    @Test
    void countsRequestsErrorsAndMoneyOfTheWindowAndOfTheOneBefore() {
        window.add(request("a", NOW.minusSeconds(10), 1000, 200, 400L), NOW);
        window.add(request("b", NOW.minusSeconds(20), 1000, 429, null), NOW);
        window.add(request("c", NOW.minusSeconds(400), 1000, 200, 400L), NOW);

        UsageFrame frame = window.frame(GroupBy.MODEL, NOW);

        assertThat(frame.totals().requests()).isEqualTo(2);
        assertThat(frame.totals().errors()).isEqualTo(1);
        assertThat(frame.totals().cost()).contains(new BigDecimal("0.02"));
        assertThat(frame.totals().firstToken().p50()).isEqualTo(400);
        assertThat(frame.before().requests()).isEqualTo(1);
    }

    @Test
    void tellsWhichSecondsNothingIsKnownOf() {
        window.know(NOW.minusSeconds(10), NOW);

        boolean[] missing = window.frame(GroupBy.MODEL, NOW).missing();

        assertThat(missing[LAST]).isFalse();
        assertThat(missing[LAST - 10]).isFalse();
        assertThat(missing[LAST - 11]).isTrue();
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        window.add(request("a", NOW.minusSeconds(10), 1000, 200, 400L), NOW);

        UsageFrame later = window.frame(GroupBy.MODEL, NOW.plusSeconds(1000));

        assertThat(later.totals()).isEqualTo(Totals.NONE);
        assertThat(later.missing()).containsOnly(true);
    }

    @Test
    void leavesOutARequestThatEndedBeforeTheWindow() {
        window.add(request("a", NOW.minusSeconds(5000), 1000, 200, 400L), NOW);

        assertThat(window.frame(GroupBy.MODEL, NOW).totals()).isEqualTo(Totals.NONE);
    }

    @Test
    void hasNoPercentilesWhereNoStreamWas() {
        assertThat(window.frame(GroupBy.MODEL, NOW).firstTokenP50()).containsOnly(Double.NaN);
    }

    static RequestSummary request(
            String id, Instant startedAt, long latency, int status, @Nullable Long firstToken) {
        return new RequestSummary(
                id,
                startedAt.toEpochMilli(),
                "POST",
                "/chat",
                "chat-route",
                "chat-service",
                null,
                "openai",
                "gpt-4o-mini",
                "gpt-4o-mini",
                status,
                status,
                true,
                latency,
                1,
                firstToken,
                100,
                100,
                70L,
                30L,
                0L,
                0L,
                0L,
                false,
                new BigDecimal("0.01"),
                null,
                List.of());
    }
}
