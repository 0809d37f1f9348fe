package dev.torii.desktop.entity;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// A heading with a button, and a few rows that open something: the routes of a service. The last
/// column holds numbers.
final class SmallTable {

    private final VBox box = new VBox(8);
    private final HBox head = new HBox(8);
    private final VBox rows = new VBox();
    private final int columns;
    private boolean any;

    SmallTable(String title, List<String> headings) {
        columns = headings.size();
        var label = new Label(title);
        label.getStyleClass().add("h3");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getChildren().addAll(label, space);
        GridPane line = line(headings, true);
        line.getStyleClass().add("small-table-head");
        rows.getChildren().add(line);
        box.getChildren().addAll(head, rows);
    }

    void action(String text, String id, Runnable action) {
        var button = new Button(text, new FontIcon("fth-plus"));
        button.getStyleClass().add("sm");
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        head.getChildren().add(button);
    }

    void row(List<String> texts, Runnable open) {
        any = true;
        GridPane line = line(texts, false);
        line.getStyleClass().add("small-table-row");
        line.setFocusTraversable(true);
        line.setAccessibleRole(AccessibleRole.BUTTON);
        line.setAccessibleText(String.join(", ", texts));
        line.setOnMouseClicked(_ -> open.run());
        line.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                open.run();
            }
        });
        rows.getChildren().add(line);
    }

    private GridPane line(List<String> texts, boolean heading) {
        var line = new GridPane();
        double[] shares = {26, 40, 18, 16};
        for (int i = 0; i < columns; i++) {
            var column = new ColumnConstraints();
            column.setPercentWidth(shares[i]);
            column.setMinWidth(0);
            boolean number = i == columns - 1;
            column.setHalignment(number ? HPos.RIGHT : HPos.LEFT);
            line.getColumnConstraints().add(column);
            var cell = new Label(texts.get(i));
            cell.setMinWidth(0);
            if (heading) {
                cell.getStyleClass().addAll("small", "med", "muted");
            } else if (i == 0) {
                cell.getStyleClass().add("semi");
            } else if (i == 1) {
                cell.getStyleClass().add("mono");
            }
            line.add(cell, i, 0);
        }
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /// The table, or a sentence in place of its rows.
    Node orElse(String nothing) {
        if (!any) {
            var text = new Label(nothing);
            text.getStyleClass().add("muted");
            text.setWrapText(true);
            rows.getChildren().setAll(text);
        }
        return box;
    }
}
