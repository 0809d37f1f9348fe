package dev.torii.desktop.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs work away from the user-interface thread and brings the results back to it. View models get
/// one of these; they never start threads.
public interface Tasks {

    /// Runs `work` in the background, then one of the two consumers on the user-interface thread.
    ///
    /// @return stops the work; neither consumer is called after that
    <T> Cancellation run(
            Callable<T> work, Consumer<? super T> onSuccess, Consumer<? super Exception> onFailure);

    /// Runs `action` on the user-interface thread, soon.
    void onUi(Runnable action);

    /// Calls `action` in the background again and again, `period` apart, until cancelled.
    Cancellation every(Duration period, Runnable action);

    /// Ends something that goes on. Doing it twice is harmless.
    @FunctionalInterface
    interface Cancellation {

        void cancel();
    }
}
