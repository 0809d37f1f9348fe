package dev.torii.desktop.entity;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/// Names and values below each other in a card.
final class Facts extends GridPane {

    /// @param mono for what is typed as it stands: paths, hosts, methods
    record Fact(String name, String value, boolean mono) {}

    Facts(List<Fact> facts) {
        getStyleClass().addAll("card");
        setHgap(24);
        setVgap(8);
        var names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        var values = new ColumnConstraints();
        values.setMinWidth(0);
        getColumnConstraints().addAll(names, values);
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            var name = new Label(fact.name());
            name.getStyleClass().add("muted");
            name.setMinWidth(Region.USE_PREF_SIZE);
            var value = new Label(fact.value());
            value.setWrapText(true);
            if (fact.mono()) {
                value.getStyleClass().add("mono");
            }
            addRow(i, name, value);
        }
    }
}
