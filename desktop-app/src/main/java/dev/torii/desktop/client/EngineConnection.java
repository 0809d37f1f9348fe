package dev.torii.desktop.client;

import dev.torii.model.api.EngineIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps the window connected: finds the engine or starts it, follows its events, and comes back
/// after it was away. One thread does all of that; states are told on it.
public final class EngineConnection implements AutoCloseable {

    /// How long to wait before each try; the last goes on for ever.
    static final List<Duration> BACKOFF =
            List.of(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(5));

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_FOR_OTHERS = Duration.ofSeconds(2);
    private static final URI NOWHERE = URI.create("http://127.0.0.1:8001");

    private enum Wish {
        START,
        RETRY
    }

    private final EngineFinder finder;
    private final InstantSource clock;
    private final Consumer<EngineState> listener;
    private final EventStream stream;
    private final AdminClient client;
    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile URI admin = NOWHERE;
    private volatile boolean closed;

    // Of the connection's own thread.
    private Instant lastSeen = Instant.EPOCH;
    private int attempt;

    public EngineConnection(
            EngineFinder finder,
            HttpClient http,
            InstantSource clock,
            EngineEvents events,
            Consumer<EngineState> listener) {
        this.finder = finder;
        this.clock = clock;
        this.listener = listener;
        this.stream = new EventStream(http, events, PATIENCE);
        this.client = new AdminClient(http, this::admin);
        this.thread = Thread.ofVirtual().name("engine-connection").unstarted(this::run);
    }

    public void open() {
        thread.start();
    }

    /// Where the Admin API is, as far as known.
    public URI admin() {
        return admin;
    }

    public AdminClient client() {
        return client;
    }

    /// Starts an engine, where none runs.
    public void startEngine() {
        wishes.add(Wish.START);
    }

    /// Tries to connect now instead of when it is due.
    public void retryNow() {
        wishes.add(Wish.RETRY);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            Optional<URI> engine = finder.find();
            while (!closed) {
                engine = engine.isPresent() ? follow(engine.get()) : bringUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts an engine; where that fails, waits for the user's wish or for an engine of others.
    private Optional<URI> bringUp() throws InterruptedException {
        listener.accept(new EngineState.Starting(""));
        try {
            return Optional.of(
                    finder.start(line -> listener.accept(new EngineState.Starting(line))));
        } catch (EngineStartException e) {
            listener.accept(new EngineState.Failed(String.valueOf(e.getMessage())));
            return awaitEngine();
        }
    }

    /// Waits until an engine runs, or the user wants one started (then empty).
    private Optional<URI> awaitEngine() throws InterruptedException {
        while (true) {
            Wish wish = wishes.poll(LOOK_FOR_OTHERS.toMillis(), TimeUnit.MILLISECONDS);
            Optional<URI> found = finder.find();
            if (found.isPresent() || wish == Wish.START) {
                return found;
            }
        }
    }

    /// Stays with one engine until it is gone for good.
    ///
    /// @return the engine to go on with; empty to start one
    private Optional<URI> follow(URI found) throws InterruptedException {
        admin = found;
        attempt = 0;
        lastSeen = clock.instant();
        while (!closed) {
            try {
                EngineIdentity identity = client.identity();
                stream.read(
                        admin,
                        () -> {
                            attempt = 0;
                            listener.accept(
                                    new EngineState.Running(admin, proxyOf(identity), identity));
                        });
            } catch (IOException | AdminProblem e) {
                // Not there; when it is due, the next try is made.
            }
            lastSeen = attempt == 0 ? clock.instant() : lastSeen;
            if (finder.endedInOrder()) {
                listener.accept(new EngineState.Stopped());
                return awaitEngine();
            }
            attempt++;
            Duration pause = BACKOFF.get(Math.min(attempt, BACKOFF.size()) - 1);
            listener.accept(
                    new EngineState.Reconnecting(
                            admin, lastSeen, attempt, clock.instant().plus(pause)));
            Wish wish = wishes.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            Optional<URI> now = finder.find();
            if (now.isEmpty() && wish == Wish.START) {
                return Optional.empty();
            }
            admin = now.orElse(admin);
        }
        return Optional.empty();
    }

    /// The engine says its ports; the host is the one that the Admin API was reached at.
    private URI proxyOf(EngineIdentity identity) {
        try {
            return new URI(
                    "http", null, admin.getHost(), identity.ports().proxy(), null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The Admin API has no host: " + admin, e);
        }
    }
}
