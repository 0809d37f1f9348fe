package dev.torii.desktop.client;

import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;

/// Hears what the engine's event stream says. Called on the thread that reads the stream.
public interface EngineEvents {

    void onUsage(RequestSummary request);

    void onConfig(ConfigEvent change);

    /// Events were lost, since they came faster than they were read.
    void onGap(GapEvent gap);
}
