package dev.torii.desktop.form;

import dev.torii.desktop.form.FormSections.Item;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The sections of a form, each with a mark when something in it is wrong or changed.
final class SectionList extends VBox {

    private static final double WIDTH = 176;

    private final ToggleGroup group = new ToggleGroup();
    private final List<Entry> entries = new ArrayList<>();
    private final VBox rows = new VBox(2);

    SectionList(String foot) {
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        getStyleClass().add("section-list");
        var space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        var line = new Label(foot);
        line.getStyleClass().addAll("tiny", "muted");
        line.setWrapText(true);
        line.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(rows, space, line);
    }

    void add(String title, List<Item> items, Runnable go) {
        entries.add(new Entry(title, items, null, go));
    }

    void addAdvanced(String title, List<Item> items, Runnable go) {
        entries.add(new Entry(title, items, Integer.toString(items.size()), go));
    }

    void mark(FormModel.Marks marks) {
        entries.forEach(entry -> entry.mark(marks));
    }

    private final class Entry {

        private final List<Item> items;
        private final FontIcon wrong = Icons.small(Feather.ALERT_CIRCLE);
        private final Region changed = new Region();
        private final @Nullable Label count;

        Entry(String title, List<Item> items, @Nullable String counted, Runnable go) {
            this.items = items;
            wrong.getStyleClass().add("icon-err");
            changed.getStyleClass().addAll("dot", "acc");
            var name = new Label(title);
            name.setMinWidth(0);
            HBox.setHgrow(name, Priority.ALWAYS);
            name.setMaxWidth(Double.MAX_VALUE);
            var line = new HBox(8, name, changed, wrong);
            line.setAlignment(Pos.CENTER_LEFT);
            line.setPrefWidth(WIDTH - 20);
            if (counted == null) {
                count = null;
            } else {
                count = new Label(counted);
                count.getStyleClass().add("badge");
                line.getChildren().add(count);
            }
            var button = new ToggleButton(null, line);
            button.getStyleClass().setAll("section-row");
            button.setAccessibleText(title);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setToggleGroup(group);
            button.setOnAction(_ -> {
                button.setSelected(true);
                go.run();
            });
            if (entries.isEmpty()) {
                button.setSelected(true);
            }
            rows.getChildren().add(button);
        }

        void mark(FormModel.Marks marks) {
            boolean isWrong = items.stream().anyMatch(item -> marks.faulty(item.path()));
            boolean isChanged =
                    !isWrong && items.stream().anyMatch(item -> marks.changed(item.path()));
            wrong.setVisible(isWrong);
            wrong.setManaged(isWrong);
            changed.setVisible(isChanged);
            changed.setManaged(isChanged);
            if (count != null) {
                count.setVisible(!isWrong && !isChanged);
                count.setManaged(count.isVisible());
            }
        }
    }
}
