package dev.torii.desktop.overview;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// One model's cost of today: name, requests, money, and a bar that compares it with the dearest.
final class CostBar extends VBox {

    private static final double COST_WIDTH = 64;

    CostBar(CostRow row) {
        setSpacing(4);
        var name = new Label(row.model());
        name.getStyleClass().add("small");
        name.setTooltip(new Tooltip(row.model()));
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        var requests = new Label(row.requests());
        requests.getStyleClass().addAll("small", "muted");
        requests.setMinWidth(Region.USE_PREF_SIZE);
        var cost = new Label(row.cost());
        cost.getStyleClass().addAll("small", "semi", "cost");
        cost.setMinWidth(COST_WIDTH);
        cost.setAlignment(Pos.CENTER_RIGHT);
        var bar = new Region();
        bar.getStyleClass().addAll("bar-fill", "swatch-s" + row.color());
        var track = new StackPane(bar);
        track.getStyleClass().add("bar");
        StackPane.setAlignment(bar, Pos.CENTER_LEFT);
        bar.maxWidthProperty().bind(track.widthProperty().multiply(row.share()));
        getChildren().addAll(new HBox(8, name, requests, cost), track);
    }
}
