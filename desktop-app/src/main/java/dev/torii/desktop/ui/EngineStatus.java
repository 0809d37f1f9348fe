package dev.torii.desktop.ui;

import dev.torii.desktop.client.EngineState;
import dev.torii.model.api.EngineIdentity;
import java.net.URI;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What all screens know of the engine: whether it answers, where, and at which revision. Changed
/// and read on the user-interface thread.
public final class EngineStatus {

    private final ObjectProperty<EngineState> state =
            new SimpleObjectProperty<>(new EngineState.Starting(""));
    private final LongProperty revision = new SimpleLongProperty();
    private final BooleanBinding running =
            Bindings.createBooleanBinding(() -> state.get() instanceof EngineState.Running, state);
    private EngineState.@Nullable Running lastRunning;

    public ReadOnlyObjectProperty<EngineState> state() {
        return state;
    }

    /// Goes up with every change of the configuration: reload what is shown when it does.
    public ReadOnlyLongProperty revision() {
        return revision;
    }

    public BooleanBinding running() {
        return running;
    }

    /// Where applications send their requests; known since the engine answered first.
    public Optional<URI> proxy() {
        return Optional.ofNullable(lastRunning).map(EngineState.Running::proxy);
    }

    /// The engine that answers, or answered last.
    public Optional<EngineIdentity> identity() {
        return Optional.ofNullable(lastRunning).map(EngineState.Running::identity);
    }

    public void update(EngineState now) {
        if (now instanceof EngineState.Running answering) {
            lastRunning = answering;
            revision.set(answering.identity().revision());
        }
        state.set(now);
    }

    public void configChanged(long newRevision) {
        revision.set(newRevision);
    }
}
