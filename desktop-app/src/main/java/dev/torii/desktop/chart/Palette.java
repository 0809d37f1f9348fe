package dev.torii.desktop.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/// The theme's colours for a canvas, which CSS itself cannot reach: invisible regions take them by
/// their style class, and are read.
final class Palette {

    static final int SERIES = 7;

    private final Map<String, Region> swatches = new LinkedHashMap<>();

    Palette(Runnable onChange) {
        for (int i = 0; i < SERIES; i++) {
            add("s" + i, onChange);
        }
        for (String role : List.of("line", "muted", "text", "card", "hatch", "inset")) {
            add(role, onChange);
        }
    }

    private void add(String name, Runnable onChange) {
        var swatch = new Region();
        swatch.getStyleClass().add("swatch-" + name);
        swatch.setVisible(false);
        swatch.setManaged(false);
        swatch.backgroundProperty().subscribe((_, _) -> onChange.run());
        swatches.put(name, swatch);
    }

    /// To be put into the chart, so that CSS finds them.
    List<Node> nodes() {
        return List.copyOf(swatches.values());
    }

    Color series(int number) {
        return color("s" + number);
    }

    Color color(String role) {
        Region swatch = swatches.get(role);
        if (swatch == null || swatch.getBackground() == null) {
            return Color.TRANSPARENT;
        }
        Paint fill = swatch.getBackground().getFills().getFirst().getFill();
        return fill instanceof Color color ? color : Color.TRANSPARENT;
    }
}
