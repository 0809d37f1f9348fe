package dev.torii.desktop.overview;

import dev.torii.desktop.chart.Sparkline;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One number with its unit, its recent past, and a line that says whether it is good.
final class MetricCard extends VBox {

    private static final double SAME_WIDTH = 200;

    private final Label label = styled("small", "muted");
    private final Label value = styled("metric");
    private final Label unit = styled("small", "muted");
    private final Label note = styled("tiny", "muted");
    private final Sparkline trend = new Sparkline();

    MetricCard() {
        getStyleClass().addAll("card", "metric-card");
        setSpacing(4);
        setMinWidth(0);
        setPrefWidth(SAME_WIDTH);
        HBox.setHgrow(this, Priority.ALWAYS);
        value.setMinWidth(Region.USE_PREF_SIZE);
        var number = new HBox(4, value, unit);
        number.setAlignment(Pos.BASELINE_LEFT);
        HBox.setHgrow(number, Priority.ALWAYS);
        var middle = new HBox(8, number, trend);
        middle.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(label, middle, note);
    }

    void show(Metric metric) {
        label.setText(metric.label());
        value.setText(metric.value());
        unit.setText(metric.unit());
        note.setText(metric.note());
        note.getStyleClass().setAll("label", "tiny", metric.alarming() ? "err-text" : "muted");
        trend.show(metric.trend(), metric.color());
        setAccessibleText(metric.label() + " " + metric.value() + " " + metric.unit());
    }

    /// Small windows have no room for the recent past.
    void showTrend(boolean shown) {
        trend.setVisible(shown);
        trend.setManaged(shown);
    }

    private static Label styled(String... styles) {
        var label = new Label();
        label.getStyleClass().addAll(styles);
        return label;
    }
}
