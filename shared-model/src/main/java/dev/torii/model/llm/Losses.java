package dev.torii.model.llm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was lost in the translation of one exchange. Touched by one thread at a time.
public final class Losses {

    private record Key(Loss.Action action, String what) {}

    private final Map<Key, Integer> counts = new LinkedHashMap<>();

    public void dropped(String what) {
        counts.merge(new Key(Loss.Action.DROPPED, what), 1, Integer::sum);
    }

    public void approximated(String what) {
        counts.merge(new Key(Loss.Action.APPROXIMATED, what), 1, Integer::sum);
    }

    /// Counts what was said but has no words in the target's dialect.
    public void droppedIf(boolean said, String what) {
        if (said) {
            dropped(what);
        }
    }

    /// Counts what is said in another way.
    public void approximatedIf(boolean otherwise, String what) {
        if (otherwise) {
            approximated(what);
        }
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public List<Loss> all() {
        if (counts.isEmpty()) {
            return List.of();
        }
        return counts.entrySet().stream()
                .map(entry ->
                        new Loss(entry.getKey().action(), entry.getKey().what(), entry.getValue()))
                .toList();
    }
}
