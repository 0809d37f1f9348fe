package dev.torii.engine.exchange;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Headers to set and to remove; the last word about a name counts. Names are kept in lower case.
public final class HeaderEdits {

    private final Map<String, @Nullable String> edits = new LinkedHashMap<>(4);

    public void set(String name, String value) {
        edits.put(name.toLowerCase(Locale.ROOT), value);
    }

    public void remove(String name) {
        edits.put(name.toLowerCase(Locale.ROOT), null);
    }

    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /// Name to new value; a null value removes.
    public Map<String, @Nullable String> asMap() {
        return edits;
    }
}
