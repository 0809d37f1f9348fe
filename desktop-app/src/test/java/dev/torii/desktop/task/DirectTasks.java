package dev.torii.desktop.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// [Tasks] for tests of view models: work runs at once on the calling thread, and periodic actions
/// run when [#tick] says so.
public final class DirectTasks implements Tasks {

    private final List<Runnable> periodic = new ArrayList<>();

    @Override
    public <T> Cancellation run(
            Callable<T> work,
            Consumer<? super T> onSuccess,
            Consumer<? super Exception> onFailure) {
        T result;
        try {
            result = work.call();
        } catch (Exception e) {
            onFailure.accept(e);
            return () -> {};
        }
        onSuccess.accept(result);
        return () -> {};
    }

    @Override
    public void onUi(Runnable action) {
        action.run();
    }

    @Override
    public Cancellation every(Duration period, Runnable action) {
        periodic.add(action);
        return () -> periodic.remove(action);
    }

    /// Runs every periodic action once.
    public void tick() {
        List.copyOf(periodic).forEach(Runnable::run);
    }
}
