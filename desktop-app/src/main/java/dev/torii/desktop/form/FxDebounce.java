package dev.torii.desktop.form;

import javafx.animation.PauseTransition;
import javafx.util.Duration;

/// Waits 300 ms for the typing to pause.
public final class FxDebounce implements Debounce {

    private final PauseTransition pause = new PauseTransition(Duration.millis(300));

    @Override
    public void after(Runnable task) {
        pause.setOnFinished(_ -> task.run());
        pause.playFromStart();
    }
}
