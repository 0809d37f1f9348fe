package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.Outcome;
import dev.torii.model.api.RequestSummary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeRecorderTest {

    private final FakeLedger ledger = new FakeLedger();
    private final EventHub events = new EventHub();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private ExchangeRecorder recorder = recorder(ExchangeRecorder.Limits.DEFAULT);

    private ExchangeRecorder recorder(ExchangeRecorder.Limits limits) {
        return new ExchangeRecorder(
                ledger, PriceTable::bundled, new Meters(new PrometheusRegistry()), events, limits);
    }

    private void restart(ExchangeRecorder.Limits limits) {
        recorder.close();
        recorder = recorder(limits);
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        recorder.close();
    }

    @Test
    void recordsWhatTheProviderCounted() {
        recorder.close(FinishedExchanges.chat(FinishedExchanges.used(1000, 500), "Hi"), () -> {});
        recorder.flush();

        assertThat(ledger.rows())
                .singleElement()
                .isEqualTo(
                        new RequestSummary(
                                "0123456789abcdef0123456789abcdef",
                                1_700_000_000_120L,
                                "POST",
                                "/chat",
                                "chat-route",
                                "chat-service",
                                null,
                                "openai",
                                "gpt-4o-mini",
                                null,
                                200,
                                200,
                                true,
                                250,
                                2,
                                90L,
                                80,
                                400,
                                1000L,
                                500L,
                                0L,
                                0L,
                                0L,
                                false,
                                new BigDecimal("0.00045"),
                                null,
                                List.of()));
    }

    @Test
    void flushSeesEverythingHandedOverBefore() {
        IntStream.range(0, 5_000)
                .forEach(_ -> recorder.close(FinishedExchanges.plain(200), () -> {}));
        recorder.flush();

        assertThat(ledger.rows()).hasSize(5_000);
    }

    @Test
    void recordsWithoutBeingAsked() {
        recorder.close(FinishedExchanges.plain(200), () -> {});

        await().untilAsserted(() -> assertThat(ledger.rows()).hasSize(1));
    }

    @Test
    void closingRecordsWhatIsWaiting() {
        IntStream.range(0, 100)
                .forEach(_ -> recorder.close(FinishedExchanges.plain(200), () -> {}));
        recorder.close();

        assertThat(ledger.rows()).hasSize(100);
    }

    @Test
    void aRequestToNoModelHasNeitherTokensNorCost() {
        recorder.close(FinishedExchanges.plain(404), () -> {});
        recorder.flush();

        RequestSummary row = ledger.rows().getFirst();
        assertThat(row.path()).isEqualTo("/chat");
        assertThat(row.promptTokens()).isNull();
        assertThat(row.costUsd()).isNull();
        assertThat(row.upstreamStatus()).isNull();
        assertThat(row.ttftMs()).isNull();
        assertThat(row.failed()).isTrue();
    }

    @Test
    void countsWhatTheProviderDidNotCount() {
        recorder.close(FinishedExchanges.chat(null, "hello world"), () -> {});
        recorder.flush();

        RequestSummary row = ledger.rows().getFirst();
        assertThat(row.estimated()).isTrue();
        // 3 for the answer, 3 for the message, 1 for its role, 2 for "hello world".
        assertThat(row.promptTokens()).isEqualTo(9);
        assertThat(row.completionTokens()).isEqualTo(2);
        assertThat(row.costUsd()).isEqualByComparingTo("0.00000255");
    }

    @Test
    void countsTheTextOfAStreamThatBroke() {
        var broke = new Outcome(200, Outcome.Source.UPSTREAM, 80, 40, "upstream_closed");
        recorder.close(FinishedExchanges.chat(null, "hello", broke, 200), () -> {});
        recorder.flush();

        RequestSummary row = ledger.rows().getFirst();
        assertThat(row.estimated()).isTrue();
        assertThat(row.completionTokens()).isEqualTo(1);
        assertThat(row.error()).isEqualTo("upstream_closed");
    }

    @Test
    void doesNotGuessWhatAnErrorOfTheProviderTook() {
        var refused = new Outcome(401, Outcome.Source.UPSTREAM, 80, 40, null);
        recorder.close(FinishedExchanges.chat(null, "", refused, 401), () -> {});
        recorder.flush();

        RequestSummary row = ledger.rows().getFirst();
        assertThat(row.promptTokens()).isNull();
        assertThat(row.estimated()).isFalse();
        assertThat(row.upstreamStatus()).isEqualTo(401);
    }

    @Test
    void pluginsLogAfterTokensAndPriceAreKnown() {
        Exchange exchange = FinishedExchanges.chat(null, "hello world");
        var seen = new AtomicReference<LlmCall>();
        recorder.close(exchange, () -> seen.set(Objects.requireNonNull(exchange.llm())));
        recorder.flush();

        assertThat(Objects.requireNonNull(seen.get().usage()).completionTokens()).isEqualTo(2);
        assertThat(seen.get().costUsd()).isEqualByComparingTo("0.00000255");
    }

    @Test
    void aPluginThatThrowsHurtsNobody() {
        recorder.close(
                FinishedExchanges.plain(200),
                () -> {
                    throw new IllegalStateException("log server is gone");
                });
        recorder.close(
                FinishedExchanges.plain(201),
                () -> {
                    throw new StackOverflowError();
                });
        recorder.close(FinishedExchanges.plain(202), () -> {});
        recorder.flush();

        assertThat(ledger.rows()).extracting(RequestSummary::status).containsExactly(200, 201, 202);
        assertThat(recorder.health().dropped()).isZero();
    }

    @Test
    void pluginsLogEvenWhenThePriceCannotBeFound() {
        recorder.close();
        recorder =
                new ExchangeRecorder(
                        ledger,
                        () -> {
                            throw new IllegalStateException("no catalogue");
                        },
                        new Meters(new PrometheusRegistry()),
                        events);
        var logged = new CountDownLatch(1);
        recorder.close(
                FinishedExchanges.chat(FinishedExchanges.used(1000, 500), "Hi"), logged::countDown);
        recorder.flush();

        assertThat(logged.getCount()).isZero();
        assertThat(ledger.rows().getFirst().promptTokens()).isEqualTo(1000);
        assertThat(ledger.rows().getFirst().costUsd()).isNull();
    }

    @Test
    void countsWhatDoesNotFitIntoTheQueue() throws InterruptedException {
        restart(new ExchangeRecorder.Limits(4, 1_000_000, 10));
        holdTheThread();

        IntStream.range(0, 10).forEach(_ -> recorder.close(FinishedExchanges.plain(200), () -> {}));

        assertThat(recorder.health().dropped()).isEqualTo(6);
        goOn.countDown();
        recorder.flush();
        assertThat(ledger.rows()).hasSize(5);
    }

    @Test
    void countsWhatWouldHoldTooMuchText() throws InterruptedException {
        restart(new ExchangeRecorder.Limits(64, 1_000, 10));
        holdTheThread();

        // 480 bytes each: two fit. Without texts any number does.
        IntStream.range(0, 5)
                .forEach(_ -> recorder.close(FinishedExchanges.chat(null, "hi"), () -> {}));
        IntStream.range(0, 5)
                .forEach(_ ->
                        recorder.close(
                                FinishedExchanges.chat(FinishedExchanges.used(1, 1), "hi"),
                                () -> {}));

        assertThat(recorder.health().dropped()).isEqualTo(3);
        goOn.countDown();
        recorder.flush();
        assertThat(ledger.rows()).hasSize(8);
    }

    /// Keeps the recorder's thread in a plugin until `goOn`.
    private void holdTheThread() throws InterruptedException {
        var started = new CountDownLatch(1);
        recorder.close(
                FinishedExchanges.plain(200),
                () -> {
                    started.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        started.await();
    }

    @Test
    void holdsNoTextThatNobodyNeeds() {
        Exchange counted = FinishedExchanges.chat(FinishedExchanges.used(1, 1), "an answer");
        recorder.close(counted, () -> {});

        LlmCall llm = Objects.requireNonNull(counted.llm());
        assertThat(counted.bodyRead()).isFalse();
        assertThat(llm.upstreamBody()).isNull();
        assertThat(llm.answer()).isEmpty();
        assertThatThrownBy(llm::request).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBrokenLedgerIsReportedAndLosesNothingWhenItIsMendedSoon() {
        ledger.breakDown();
        recorder.close(FinishedExchanges.plain(200), () -> {});
        recorder.flush();

        assertThat(ledger.rows()).isEmpty();
        assertThat(recorder.health().problem()).isEqualTo("cannot write usage.db: disk full");

        ledger.mend();
        recorder.flush();

        assertThat(ledger.rows()).hasSize(1);
        assertThat(recorder.health().problem()).isNull();
        assertThat(recorder.health().dropped()).isZero();
    }

    @Test
    void aLedgerThatStaysBrokenCostsTheOldestRows() {
        restart(new ExchangeRecorder.Limits(64, 1_000, 2));
        ledger.breakDown();
        for (int status = 200; status < 205; status++) {
            recorder.close(FinishedExchanges.plain(status), () -> {});
            recorder.flush();
        }
        assertThat(recorder.health().dropped()).isEqualTo(3);

        ledger.mend();
        recorder.flush();

        assertThat(ledger.rows()).extracting(RequestSummary::status).containsExactly(203, 204);
    }

    @Test
    void tellsSubscribersOfEachRequest() throws InterruptedException {
        try (var subscription = events.subscribe()) {
            recorder.close(FinishedExchanges.plain(200), () -> {});
            recorder.flush();

            var event = Objects.requireNonNull(subscription.next(Duration.ZERO));
            assertThat(event.name()).isEqualTo("usage");
            assertThat(event.json())
                    .contains("\"id\":\"0123456789abcdef0123456789abcdef\"", "\"status\":200")
                    .doesNotContain("secret");
        }
    }
}
