package dev.torii.desktop.live;

import dev.torii.desktop.client.EngineEvents;
import dev.torii.desktop.task.Tasks;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;
import java.time.InstantSource;
import java.util.function.LongConsumer;

/// Hears the engine's events and tells on what they mean for the window.
public final class LiveUsage implements EngineEvents {
    private final Tasks tasks;
    private final LongConsumer onRevision;

    public LiveUsage(Tasks tasks, InstantSource clock, LivePulse pulse, LongConsumer onRevision) {
        this.tasks = tasks;
        this.onRevision = onRevision;
    }

    @Override
    public void onUsage(RequestSummary request) {}

    @Override
    public void onConfig(ConfigEvent change) {
        tasks.onUi(() -> onRevision.accept(change.revision()));
    }

    @Override
    public void onGap(GapEvent gap) {}
}
