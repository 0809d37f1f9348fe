package dev.torii.engine.balancer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A schedule whose time a test moves.
public final class FakeSchedule implements Schedule {

    private static final class Round {
        private final Duration interval;
        private final Runnable job;
        private Duration due;

        private Round(Duration interval, Runnable job) {
            this.interval = interval;
            this.job = job;
            this.due = interval;
        }
    }

    private final List<Round> rounds = new CopyOnWriteArrayList<>();

    @Override
    public Repeating every(Duration interval, Runnable job) {
        var round = new Round(interval, job);
        rounds.add(round);
        return () -> rounds.remove(round);
    }

    @Override
    public void soon(Runnable job) {
        var _ = Thread.ofVirtual().start(job);
    }

    public int rounds() {
        return rounds.size();
    }

    /// Lets time pass, and runs what is due in it.
    public void pass(Duration time) {
        for (Round round : rounds) {
            round.due = round.due.minus(time);
            while (!round.due.isPositive()) {
                round.due = round.due.plus(round.interval);
                round.job.run();
            }
        }
    }
}
