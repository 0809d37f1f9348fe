package dev.torii.desktop.form;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons and the small buttons made of them.
final class Icons {

    private Icons() {}

    static FontIcon small(Feather icon) {
        var graphic = new FontIcon(icon);
        graphic.getStyleClass().add("i14");
        return graphic;
    }

    static Button button(Feather icon, String says) {
        var button = new Button(null, small(icon));
        button.getStyleClass().addAll("icon", "sm");
        button.setAccessibleText(says);
        button.setTooltip(new Tooltip(says));
        return button;
    }

    static Button labelled(Feather icon, String text) {
        var button = new Button(text, small(icon));
        button.getStyleClass().add("sm");
        button.setMinWidth(Button.USE_PREF_SIZE);
        return button;
    }
}
