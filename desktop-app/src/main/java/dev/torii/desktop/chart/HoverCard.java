package dev.torii.desktop.chart;

import dev.torii.desktop.chart.ChartData.Line;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// Names the values under the crosshair, largest stack position first as the legend has them.
final class HoverCard extends VBox {

    private static final double AWAY = 12;
    private static final double SWATCH = 10;

    private final Label moment = new Label();
    private final GridPane values = new GridPane();

    HoverCard() {
        getStyleClass().add("hover-card");
        setMouseTransparent(true);
        setManaged(false);
        setVisible(false);
        setSpacing(4);
        moment.getStyleClass().addAll("semi", "small");
        values.setHgap(8);
        values.setVgap(4);
        var name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        var number = new ColumnConstraints();
        number.setHalignment(HPos.RIGHT);
        values.getColumnConstraints().setAll(new ColumnConstraints(), name, number);
        getChildren().addAll(moment, values);
    }

    void tell(ChartData data, List<Line> lines, int step, Palette palette) {
        moment.setText(data.words().moment().apply(data.from() + step * data.step()));
        values.getChildren().clear();
        double sum = 0;
        int row = 0;
        for (Line line : lines) {
            double value = line.values()[step];
            if (Double.isNaN(value)) {
                continue;
            }
            sum += value;
            var swatch = new Rectangle(SWATCH, SWATCH, palette.series(line.color()));
            swatch.setArcWidth(4);
            swatch.setArcHeight(4);
            values.addRow(row++, swatch, label(line.name(), "small"), number(data, value));
        }
        if (!data.words().total().isEmpty() && lines.size() > 1) {
            var rule = new Region();
            rule.getStyleClass().add("hairline");
            values.add(rule, 0, row++, 3, 1);
            values.add(label(data.words().total(), "small", "muted"), 0, row, 2, 1);
            values.add(number(data, sum), 2, row);
        }
    }

    /// Puts the card beside the crosshair, on the side that has room.
    void place(double x, double y, double width) {
        applyCss();
        double wide = prefWidth(-1);
        double left = x + AWAY + wide <= width ? x + AWAY : x - AWAY - wide;
        resizeRelocate(Math.max(0, Math.rint(left)), y, wide, prefHeight(wide));
    }

    private static Label number(ChartData data, double value) {
        return label(data.words().value().apply(value), "small", "semi");
    }

    private static Label label(String text, String... styles) {
        var label = new Label(text);
        label.getStyleClass().addAll(styles);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
