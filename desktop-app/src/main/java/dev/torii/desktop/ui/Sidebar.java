package dev.torii.desktop.ui;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import org.kordamp.ikonli.javafx.FontIcon;

/// The sidebar's entries, one for each screen that there is, under their headings.
final class Sidebar {

    private final Navigation navigation;
    private final Messages messages;
    private final Map<Screen, ToggleButton> buttons = new EnumMap<>(Screen.class);
    private final List<Node> rows = new ArrayList<>();

    Sidebar(Navigation navigation, Messages messages, Set<Screen> screens) {
        this.navigation = navigation;
        this.messages = messages;
        Screen.Group group = Screen.Group.TOP;
        for (Screen screen : Screen.values()) {
            if (!screens.contains(screen)) {
                continue;
            }
            if (screen.group() != group) {
                group = screen.group();
                rows.add(heading(group));
            }
            rows.add(entry(screen));
        }
        navigation.location().subscribe(here -> mark(here.screen()));
    }

    List<Node> rows() {
        return rows;
    }

    private Label heading(Screen.Group group) {
        var label = new Label();
        label.getStyleClass().addAll("caps", "nav-group");
        label.textProperty()
                .bind(
                        messages.text(
                                switch (group) {
                                    case TOP, GATEWAY -> "group.gateway";
                                    case POLICY -> "group.policy";
                                }));
        return label;
    }

    private ToggleButton entry(Screen screen) {
        var button = new ToggleButton(null, new FontIcon(screen.icon()));
        button.setId("nav-" + screen.name().toLowerCase(Locale.ROOT));
        button.getStyleClass().add("nav");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleRole(AccessibleRole.LIST_ITEM);
        button.textProperty().bind(messages.text(screen.titleKey()));
        // A click on the entry of the screen shown must not take its mark away.
        button.setOnAction(_ -> {
            navigation.go(screen.home());
            mark(navigation.location().get().screen());
        });
        buttons.put(screen, button);
        return button;
    }

    private void mark(Screen here) {
        buttons.forEach((screen, button) -> button.setSelected(screen == here));
    }
}
