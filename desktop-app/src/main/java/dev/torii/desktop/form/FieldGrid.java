package dev.torii.desktop.form;

import dev.torii.desktop.form.FormSections.Item;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Fields in equal columns. Those that need room take the whole width, switches share a line.
final class FieldGrid extends GridPane {

    private static final double GAP = 16;
    private static final double SAME_WIDTH = 100;

    private final List<FieldRow> rows = new ArrayList<>();
    private int columns;

    FieldGrid(List<Item> items, Form form) {
        setHgap(GAP);
        setVgap(GAP);
        setMinWidth(0);
        for (Item item : items) {
            rows.add(FieldRow.of(form, FormBuilder.control(form, item.spec(), item.path())));
        }
    }

    List<FieldRow> rows() {
        return List.copyOf(rows);
    }

    void show() {
        rows.forEach(row -> row.control().show());
    }

    void columns(int wanted) {
        if (wanted == columns) {
            return;
        }
        columns = wanted;
        getChildren().clear();
        getColumnConstraints().clear();
        for (int i = 0; i < columns; i++) {
            var column = new ColumnConstraints();
            // Equal by growing from the same width: with percents, a field over all columns ends
            // one gap too early.
            column.setPrefWidth(SAME_WIDTH);
            column.setMaxWidth(Double.MAX_VALUE);
            column.setHgrow(Priority.ALWAYS);
            column.setHalignment(HPos.LEFT);
            column.setMinWidth(0);
            getColumnConstraints().add(column);
        }
        int column = 0;
        int line = 0;
        boolean switches = false;
        for (FieldRow row : rows) {
            boolean wide = row.control().wide();
            if (column > 0 && (wide || switches != row.control().labelAtRight())) {
                column = 0;
                line++;
            }
            switches = row.control().labelAtRight();
            add(row, column, line, wide ? columns : 1, 1);
            column = wide ? columns : column + 1;
            if (column >= columns) {
                column = 0;
                line++;
            }
        }
    }
}
