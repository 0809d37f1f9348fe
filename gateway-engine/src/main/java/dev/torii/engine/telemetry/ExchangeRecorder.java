package dev.torii.engine.telemetry;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in finished exchanges and does everything that comes after the answer: counts tokens that
/// nobody counted, prices them, runs the plugins' `onLog`, feeds meters and events, and writes the
/// ledger.
///
/// 1. The request path only puts an exchange into a bounded queue. It never waits; what does not
///    fit is dropped and counted.
/// 2. One thread does the rest, in the order of arrival.
/// 3. Nothing that goes wrong here reaches a request: a plugin's exception is logged, a broken
///    ledger is reported and tried again, and the thread lives on.
public final class ExchangeRecorder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExchangeRecorder.class);

    /// The limits of what may wait.
    ///
    /// @param entries how many exchanges
    /// @param bytes how much text of requests and answers, where it is still needed
    /// @param unwritten how many rows are kept while the ledger cannot be written
    record Limits(int entries, long bytes, int unwritten) {
        static final Limits DEFAULT = new Limits(65_536, 32 * 1024 * 1024, 10_000);
    }

    private static final int BATCH = 1_000;

    /// Exchanges that wait are let go of soon, while they are cheap to collect.
    private static final long BUSY_PAUSE = Duration.ofMillis(20).toNanos();

    /// Rows wait longer: a commit costs the same for many as for few.
    private static final long WRITE_PAUSE = Duration.ofMillis(100).toNanos();

    private static final long IDLE_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(10);

    private sealed interface Entry {}

    private record Finished(Exchange exchange, Runnable onLog, long bytes) implements Entry {}

    /// Everything that was put in before has been dealt with when this comes out.
    private record Marker(CountDownLatch reached) implements Entry {}

    private final UsageLedger ledger;
    private final Supplier<PriceTable> prices;
    private final Meters meters;
    private final EventHub events;
    private final Limits limits;

    private final MpscArrayQueue<Entry> queue;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final List<RequestSummary> unwritten = new ArrayList<>();
    private final Thread thread;

    private @Nullable PriceTable loadedPrices;
    private volatile @Nullable String problem;
    private volatile boolean asleep;
    private volatile boolean closing;

    /// Starts the recorder's thread.
    ///
    /// @param prices asked once, when the first answer has to be priced
    public ExchangeRecorder(
            UsageLedger ledger, Supplier<PriceTable> prices, Meters meters, EventHub events) {
        this(ledger, prices, meters, events, Limits.DEFAULT);
    }

    ExchangeRecorder(
            UsageLedger ledger,
            Supplier<PriceTable> prices,
            Meters meters,
            EventHub events,
            Limits limits) {
        this.ledger = ledger;
        this.prices = prices;
        this.meters = meters;
        this.events = events;
        this.limits = limits;
        this.queue = new MpscArrayQueue<>(limits.entries());
        meters.losses(dropped::get);
        this.thread = Thread.ofPlatform().name("torii-recorder").daemon().unstarted(this::run);
        thread.start();
    }

    /// Hands over an exchange that has ended; called exactly once for each. Its bodies are let go
    /// of here, as far as nothing needs them any more.
    ///
    /// @param onLog runs the plugins' `onLog`, on the recorder's thread
    /// @return whether it was taken in, so that `onLog` will run
    public boolean close(Exchange exchange, Runnable onLog) {
        long bytes = letGo(exchange);
        long waiting = waitingBytes.addAndGet(bytes);
        // One exchange alone may be larger than the limit.
        boolean fits = bytes == 0 || waiting <= limits.bytes() || waiting == bytes;
        if (closing || !fits || !queue.offer(new Finished(exchange, onLog, bytes))) {
            waitingBytes.addAndGet(-bytes);
            dropped.incrementAndGet();
            return false;
        }
        if (asleep) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    /// Frees what is not needed, and says how much text is.
    private static long letGo(Exchange exchange) {
        exchange.forgetBody();
        LlmCall llm = exchange.llm();
        if (llm == null) {
            return 0;
        }
        boolean counted = !Summaries.needsCount(exchange, llm);
        llm.forgetTexts(counted);
        if (counted && !llm.logPayloads()) {
            return 0;
        }
        // The answer's text is not put together here, on the request's time; its bytes tell enough.
        return exchange.outcome().requestBytes() + exchange.outcome().responseBytes();
    }

    /// Waits until every exchange that was handed over before is in the ledger, as far as the
    /// ledger can be written. Gives up after ten seconds, when something holds the recorder's
    /// thread.
    public void flush() {
        var marker = new Marker(new CountDownLatch(1));
        long deadline = System.nanoTime() + FLUSH_PATIENCE.toNanos();
        while (thread.isAlive() && !queue.offer(marker)) {
            if (System.nanoTime() - deadline > 0) {
                return;
            }
            LockSupport.parkNanos(BUSY_PAUSE / 100);
        }
        LockSupport.unpark(thread);
        try {
            while (marker.reached().getCount() > 0
                    && thread.isAlive()
                    && System.nanoTime() - deadline < 0) {
                if (marker.reached().await(100, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether finished requests reach the ledger.
    public EngineIdentity.Recording health() {
        return new EngineIdentity.Recording(dropped.get(), problem);
    }

    /// Deals with everything that is waiting, then ends the thread. What is handed over afterwards
    /// is dropped.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long written = System.nanoTime();
        while (!closing) {
            boolean busy = drain();
            long now = System.nanoTime();
            if (!busy || now - written >= WRITE_PAUSE) {
                write();
                written = now;
            }
            // While requests come, the thread wakes by itself, and they need not pay for waking it.
            asleep = !busy;
            if (busy || queue.isEmpty()) {
                LockSupport.parkNanos(busy ? BUSY_PAUSE : IDLE_PAUSE);
            }
            asleep = false;
        }
        drain();
        write();
        if (!unwritten.isEmpty()) {
            dropped.addAndGet(unwritten.size());
            log.atError()
                    .addKeyValue("requests", unwritten.size())
                    .log("Finished requests could not be written before the end");
        }
    }

    private boolean drain() {
        boolean busy = false;
        for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            busy = true;
            switch (entry) {
                case Finished finished -> {
                    record(finished);
                    if (unwritten.size() % BATCH == 0) {
                        write();
                    }
                }
                case Marker marker -> {
                    write();
                    marker.reached().countDown();
                }
            }
        }
        return busy;
    }

    private void record(Finished finished) {
        Exchange exchange = finished.exchange();
        try {
            countAndPrice(exchange);
            runLog(exchange, finished.onLog());
            RequestSummary summary = Summaries.of(exchange);
            meters.record(summary);
            events.usage(summary);
            unwritten.add(summary);
        } catch (RuntimeException | Error e) {
            dropped.incrementAndGet();
            log.atError()
                    .addKeyValue("exchange", exchange.id())
                    .setCause(e)
                    .log("A finished request could not be recorded");
        } finally {
            waitingBytes.addAndGet(-finished.bytes());
        }
    }

    /// What goes wrong here costs the figures and no more: the plugins' `onLog` runs in any case,
    /// since they count on it.
    private void countAndPrice(Exchange exchange) {
        LlmCall llm = exchange.llm();
        if (llm == null) {
            return;
        }
        try {
            count(exchange, llm);
            price(llm);
        } catch (RuntimeException | Error e) {
            log.atError()
                    .addKeyValue("exchange", exchange.id())
                    .setCause(e)
                    .log("The tokens of a request could not be counted or priced");
        }
    }

    private void count(Exchange exchange, LlmCall llm) {
        if (Summaries.needsCount(exchange, llm)) {
            String model = Summaries.model(llm);
            TokenUsage usage = TokenEstimator.estimate(model, llm);
            if (usage != null) {
                llm.usage(usage);
            }
        }
    }

    private void price(LlmCall llm) {
        TokenUsage usage = llm.usage();
        if (usage == null || llm.costUsd() != null) {
            return;
        }
        PriceTable table = loadedPrices;
        if (table == null) {
            table = prices.get();
            loadedPrices = table;
        }
        BigDecimal cost = table.cost(llm.target(), llm.responseModel(), usage);
        if (cost != null) {
            llm.costUsd(cost);
        }
    }

    private static void runLog(Exchange exchange, Runnable onLog) {
        try {
            onLog.run();
        } catch (RuntimeException | Error e) {
            log.atWarn()
                    .addKeyValue("exchange", exchange.id())
                    .setCause(e)
                    .log("A plugin failed while logging; the request is recorded all the same");
        }
    }

    private void write() {
        if (unwritten.isEmpty()) {
            return;
        }
        try {
            ledger.append(unwritten);
            unwritten.clear();
            if (problem != null) {
                problem = null;
                log.atInfo().log("The usage ledger can be written again");
            }
        } catch (RuntimeException | LinkageError e) {
            if (problem == null) {
                log.atError()
                        .addKeyValue("error", e.getMessage())
                        .log("Requests are served, but not recorded");
            }
            problem = e.getMessage();
            forgetOldest();
        }
    }

    private void forgetOldest() {
        int excess = unwritten.size() - limits.unwritten();
        if (excess > 0) {
            unwritten.subList(0, excess).clear();
            dropped.addAndGet(excess);
        }
    }
}
