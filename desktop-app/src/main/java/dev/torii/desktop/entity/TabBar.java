package dev.torii.desktop.entity;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/// The tabs of a detail, some with a count.
final class TabBar extends HBox {

    private final ToggleGroup group = new ToggleGroup();
    private final Consumer<String> opened;

    TabBar(Consumer<String> opened) {
        super(16);
        this.opened = opened;
        setAlignment(Pos.BOTTOM_LEFT);
        getStyleClass().add("tabbar");
    }

    /// @param count shown as a badge; negative shows none
    void add(String name, String title, int count) {
        var tab = new ToggleButton(title);
        tab.getStyleClass().setAll("tab-item");
        tab.setId("tab-" + name);
        tab.setUserData(name);
        tab.setMinWidth(USE_PREF_SIZE);
        tab.setToggleGroup(group);
        if (count >= 0) {
            var badge = new Label(Integer.toString(count));
            badge.getStyleClass().add("badge");
            tab.setGraphic(badge);
            tab.setContentDisplay(ContentDisplay.RIGHT);
        }
        tab.setOnAction(_ -> {
            tab.setSelected(true);
            opened.accept(name);
        });
        getChildren().add(tab);
    }

    void choose(String name) {
        group.getToggles().forEach(toggle -> toggle.setSelected(name.equals(toggle.getUserData())));
    }
}
