package dev.torii.engine.proxy;

/// The two clocks of the road, injected so that tests can set them.
public interface Clock {

    /// Unix milliseconds, for people.
    long millis();

    /// For differences.
    long nanos();

    Clock SYSTEM =
            new Clock() {
                @Override
                public long millis() {
                    return System.currentTimeMillis();
                }

                @Override
                public long nanos() {
                    return System.nanoTime();
                }
            };
}
