package dev.torii.desktop.ui;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Starts JavaFX once for all tests of a JVM, and runs code on its thread. Without a display it
/// draws into memory.
public final class FxTest implements BeforeAllCallback {

    private static boolean started;

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    private static synchronized void start() {
        if (started) {
            return;
        }
        var ready = new CompletableFuture<Boolean>();
        Platform.startup(() -> ready.complete(true));
        Platform.setImplicitExit(false);
        ready.orTimeout(30, TimeUnit.SECONDS).join();
        started = true;
    }

    /// Runs on the JavaFX thread, waits, and hands on what came out.
    public static <T> T onFx(Callable<T> action) {
        if (Platform.isFxApplicationThread()) {
            try {
                return action.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }
        var result = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                result.complete(action.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /// Runs on the JavaFX thread and waits.
    public static void runOnFx(Runnable action) {
        onFx(() -> {
            action.run();
            return true;
        });
    }
}
