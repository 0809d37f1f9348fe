package dev.torii.engine.telemetry;

import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.HealthEvent;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.json.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells subscribers what happens. Telling never waits for a subscriber: one that reads too slowly
/// loses the oldest events, and learns how many.
public final class EventHub implements AutoCloseable {

    /// One event of the stream.
    ///
    /// @param name `usage`, `config`, `health` or `gap`
    /// @param json its data, on one line
    public record Event(String name, String json) {}

    private static final int DEFAULT_CAPACITY = 4_096;

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final int capacity;
    private volatile boolean closed;

    public EventHub() {
        this(DEFAULT_CAPACITY);
    }

    EventHub(int capacity) {
        this.capacity = capacity;
    }

    /// A request has finished.
    public void usage(RequestSummary summary) {
        publish("usage", summary);
    }

    /// An entity has changed.
    public void config(ConfigEvent change) {
        publish("config", change);
    }

    /// A target's health has changed.
    public void health(HealthEvent change) {
        publish("health", change);
    }

    private void publish(String name, Object data) {
        if (subscriptions.isEmpty()) {
            return;
        }
        var event = new Event(name, Json.text(data));
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    /// Everything that happens from now on, until the subscription is closed.
    public Subscription subscribe() {
        var subscription = new Subscription();
        subscriptions.add(subscription);
        if (closed) {
            subscription.close();
        }
        return subscription;
    }

    public int subscribers() {
        return subscriptions.size();
    }

    /// Ends all subscriptions.
    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(Subscription::close);
    }

    /// One reader's place. Read by one thread.
    public final class Subscription implements AutoCloseable {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ArrayDeque<Event> waiting = new ArrayDeque<>();
        private long missed;
        private boolean ended;

        private Subscription() {}

        private void offer(Event event) {
            lock.lock();
            try {
                if (waiting.size() == capacity) {
                    waiting.removeFirst();
                    missed++;
                }
                waiting.addLast(event);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /// The next event, or null when none comes in time or the subscription has ended. After a
        /// loss the first is a `gap`.
        public @Nullable Event next(Duration patience) throws InterruptedException {
            lock.lock();
            try {
                long left = patience.toNanos();
                while (waiting.isEmpty() && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (missed > 0) {
                    var gap = new Event("gap", Json.text(new GapEvent(missed)));
                    missed = 0;
                    return gap;
                }
                return waiting.pollFirst();
            } finally {
                lock.unlock();
            }
        }

        public boolean ended() {
            lock.lock();
            try {
                return ended;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            subscriptions.remove(this);
            lock.lock();
            try {
                ended = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
