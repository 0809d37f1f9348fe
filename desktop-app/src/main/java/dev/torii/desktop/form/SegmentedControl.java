package dev.torii.desktop.form;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// A few short choices side by side, of which one is chosen. The arrow keys move.
public final class SegmentedControl extends HBox {

    private final ToggleGroup group = new ToggleGroup();
    private final List<String> values;
    private @Nullable Toggle held;
    private boolean showing;

    /// @param labels what is shown, in the order of the values
    public SegmentedControl(List<String> values, List<String> labels, Consumer<String> chosen) {
        this.values = List.copyOf(values);
        getStyleClass().add("seg");
        setMaxWidth(USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        for (int i = 0; i < values.size(); i++) {
            var item = new ToggleButton(labels.get(i));
            item.setMinWidth(USE_PREF_SIZE);
            item.setUserData(values.get(i));
            item.setToggleGroup(group);
            getChildren().add(item);
        }
        group.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (showing) {
                        return;
                    }
                    if (now == null) {
                        // One is always chosen: a second click does not take it away.
                        group.selectToggle(before);
                    } else if (!now.equals(held)) {
                        held = now;
                        chosen.accept((String) now.getUserData());
                    }
                });
    }

    public void choose(@Nullable String value) {
        showing = true;
        int index = value == null ? -1 : values.indexOf(value);
        held = index < 0 ? null : group.getToggles().get(index);
        group.selectToggle(held);
        showing = false;
    }
}
