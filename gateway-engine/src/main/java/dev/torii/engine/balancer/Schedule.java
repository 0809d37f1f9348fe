package dev.torii.engine.balancer;

import java.time.Duration;

/// Runs things again and again, and beside what is going on. Tests have one whose time they move.
public interface Schedule {

    /// Runs a job each time the interval has passed, the first time after it has passed once. The
    /// job may wait; a next run does not wait for it.
    Repeating every(Duration interval, Runnable job);

    /// Runs a job soon, on a thread of its own.
    void soon(Runnable job);

    /// A job that comes again until it is stopped.
    interface Repeating {
        void stop();
    }
}
