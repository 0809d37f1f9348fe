package dev.torii.engine.plugin.prometheus;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the models that become labels from growing without end: where a client names the model, it
/// may name anything.
final class ModelLabels {

    static final String OTHER = "other";

    private static final int MOST = 500;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String label(String model) {
        if (known.contains(model)) {
            return model;
        }
        return known.size() < MOST && known.add(model) ? model : OTHER;
    }
}
