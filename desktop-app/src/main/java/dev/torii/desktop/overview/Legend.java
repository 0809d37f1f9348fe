package dev.torii.desktop.overview;

import dev.torii.desktop.chart.ChartData.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The names of a chart's series in stack order. A click hides one, a click with Alt hides all
/// others.
final class Legend {

    private final HBox box;
    private final Consumer<Set<String>> onHidden;
    private final Set<String> hidden = new HashSet<>();
    private List<String> shown = List.of();

    Legend(HBox box, Consumer<Set<String>> onHidden) {
        this.box = box;
        this.onHidden = onHidden;
    }

    void show(List<Line> lines) {
        List<String> names = lines.stream().map(Line::name).toList();
        if (names.equals(shown)) {
            return;
        }
        shown = names;
        box.getChildren().setAll(lines.stream().map(this::key).toList());
    }

    private ToggleButton key(Line line) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("key", "swatch-s" + line.color());
        var button = new ToggleButton(line.name(), swatch);
        button.getStyleClass().add("legend-key");
        button.setSelected(!hidden.contains(line.name()));
        button.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                event -> {
                    if (event.isAltDown()) {
                        isolate(line.name());
                        event.consume();
                    }
                });
        button.setOnAction(_ -> toggle(line.name()));
        return button;
    }

    private void toggle(String name) {
        if (!hidden.remove(name)) {
            hidden.add(name);
        }
        onHidden.accept(hidden);
    }

    private void isolate(String name) {
        hidden.clear();
        shown.stream().filter(other -> !other.equals(name)).forEach(hidden::add);
        box.getChildren()
                .forEach(node -> {
                    if (node instanceof ToggleButton button) {
                        button.setSelected(!hidden.contains(button.getText()));
                    }
                });
        onHidden.accept(hidden);
    }
}
