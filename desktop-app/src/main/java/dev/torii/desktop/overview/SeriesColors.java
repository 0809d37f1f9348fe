package dev.torii.desktop.overview;

import java.util.HashMap;
import java.util.Map;

/// Which series colour a name has: in the order of first sight, for as long as the window lives, so
/// that a model keeps its colour. Names beyond the sixth share the colour of "other".
final class SeriesColors {

    static final int OTHER = 0;
    private static final int MOST = 6;

    private final Map<String, Integer> colors = new HashMap<>();

    int of(String name) {
        Integer known = colors.get(name);
        if (known != null) {
            return known;
        }
        int color = colors.size() < MOST ? colors.size() + 1 : OTHER;
        colors.put(name, color);
        return color;
    }
}
