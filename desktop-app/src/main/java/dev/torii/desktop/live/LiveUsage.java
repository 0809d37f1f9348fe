package dev.torii.desktop.live;

import dev.torii.desktop.client.EngineEvents;
import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.task.Tasks.Cancellation;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/// Collects the engine's events and makes pictures of them. Events go into a bounded buffer that
/// costs their thread nothing; five times a second one tick takes them out, adds them up in the
/// background, and hands every follower one finished frame on the user-interface thread.
public final class LiveUsage implements EngineEvents {

    private static final int BUFFER = 65_536;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final int RATE_SECONDS = 10;
    private static final int REMEMBERED_IDS = 8_192;

    private record Follower(GroupBy group, Consumer<UsageFrame> sink) {}

    private final Tasks tasks;
    private final InstantSource clock;
    private final LivePulse pulse;
    private final LongConsumer onRevision;
    private final Queue<RequestSummary> buffer = new MpscAtomicArrayQueue<>(BUFFER);
    private final AtomicLong lost = new AtomicLong();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final List<Consumer<RequestSummary>> listeners = new CopyOnWriteArrayList<>();
    private final LiveWindow window = new LiveWindow();
    private final Set<String> ids =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > REMEMBERED_IDS;
                        }
                    });
    private volatile @Nullable Instant connectedSince;

    /// @param onRevision hears of each new revision of the configuration, on the user-interface
    ///   thread
    public LiveUsage(Tasks tasks, InstantSource clock, LivePulse pulse, LongConsumer onRevision) {
        this.tasks = tasks;
        this.clock = clock;
        this.pulse = pulse;
        this.onRevision = onRevision;
        tasks.every(TICK, this::tick);
    }

    @Override
    public void onUsage(RequestSummary request) {
        if (!buffer.offer(request)) {
            lost.incrementAndGet();
        }
    }

    @Override
    public void onConfig(ConfigEvent change) {
        tasks.onUi(() -> onRevision.accept(change.revision()));
    }

    @Override
    public void onGap(GapEvent gap) {
        lost.addAndGet(gap.missed());
    }

    /// From now on all that happens is told; what happened since `from` is added by [#backfill].
    public void connected(Instant from) {
        connectedSince = from;
    }

    /// Nothing is told any more, until connected again.
    public void disconnected() {
        connectedSince = null;
    }

    /// Adds requests that ended before the connection was there; those told already do not count
    /// twice.
    public void backfill(List<RequestSummary> requests) {
        requests.forEach(this::onUsage);
    }

    /// Hands out frames until cancelled, the first at the next tick.
    public Cancellation follow(GroupBy group, Consumer<UsageFrame> sink) {
        var follower = new Follower(group, sink);
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /// Tells every finished request as it is taken out of the buffer, on the user-interface thread.
    public Cancellation listen(Consumer<RequestSummary> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// How long ago the oldest moment is that a frame can show.
    public static Duration reach() {
        return Duration.ofSeconds(2L * LiveWindow.SHOWN);
    }

    private synchronized void tick() {
        Instant now = clock.instant();
        for (RequestSummary next = buffer.poll(); next != null; next = buffer.poll()) {
            if (ids.add(next.id())) {
                window.add(next, now);
                tell(next);
            }
        }
        Instant since = connectedSince;
        if (since != null) {
            window.know(since, now);
        }
        double requestRate = window.requestsPerSecond(now, RATE_SECONDS);
        double tokenRate = window.tokensPerSecond(now, RATE_SECONDS);
        tasks.onUi(() -> pulse.rates(requestRate, tokenRate));
        for (Follower follower : followers) {
            UsageFrame frame = window.frame(follower.group(), now);
            tasks.onUi(() -> follower.sink().accept(frame));
        }
    }

    private void tell(RequestSummary request) {
        for (Consumer<RequestSummary> listener : listeners) {
            tasks.onUi(() -> listener.accept(request));
        }
    }
}
