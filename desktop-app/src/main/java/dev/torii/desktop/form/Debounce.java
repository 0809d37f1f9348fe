package dev.torii.desktop.form;

/// Runs a task after the typing has paused; a task given earlier that has not run is dropped.
@FunctionalInterface
public interface Debounce {

    /// Runs everything at once.
    Debounce NONE = Runnable::run;

    void after(Runnable task);
}
