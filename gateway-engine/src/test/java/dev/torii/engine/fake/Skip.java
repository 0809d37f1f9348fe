package dev.torii.engine.fake;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Skips tests that cannot be run here, and says why where the build is watched.
public final class Skip {

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Skip() {}

    /// Skips the test that calls unless it can be run.
    public static void unless(boolean runnable, String reason) {
        if (!runnable && TOLD.add(reason)) {
            System.getLogger("tests").log(System.Logger.Level.INFO, "skipped: {0}", reason);
        }
        assumeTrue(runnable, reason);
    }
}
