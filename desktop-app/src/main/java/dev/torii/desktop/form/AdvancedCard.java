package dev.torii.desktop.form;

import dev.torii.desktop.form.FormSections.Item;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The advanced fields, folded in one line that names them and says how many differ from their
/// defaults.
final class AdvancedCard extends VBox {

    /// No field in particular.
    private static final FieldPath ADVANCED = FieldPath.ROOT;

    private final List<Item> items;
    private final Form form;
    private final FieldGrid grid;
    private final VBox body;
    private final FontIcon chevron = Icons.small(Feather.CHEVRON_RIGHT);
    private final Label count = new Label();

    AdvancedCard(List<Item> items, Form form) {
        this.items = items;
        this.form = form;
        grid = new FieldGrid(items, form);
        body = new VBox(grid);
        body.getStyleClass().add("advanced-body");
        var title = new Label(form.text("form.advanced"));
        title.getStyleClass().add("h3");
        title.setMinWidth(Label.USE_PREF_SIZE);
        var keys =
                new Label(
                        items.stream()
                                .map(item -> item.spec().name())
                                .collect(Collectors.joining(", ")));
        keys.getStyleClass().addAll("mono", "muted");
        keys.setMinWidth(0);
        keys.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(keys, Priority.ALWAYS);
        count.getStyleClass().addAll("small", "muted");
        count.setMinWidth(Label.USE_PREF_SIZE);
        var head = new HBox(8, chevron, title, keys, count);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("advanced-head");
        head.setFocusTraversable(true);
        head.setId("form-advanced");
        head.setAccessibleRole(AccessibleRole.TITLED_PANE);
        head.setAccessibleText(form.text("form.advanced"));
        head.setOnMouseClicked(_ -> open(!body.isVisible()));
        head.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                event.consume();
                open(!body.isVisible());
            }
        });
        getStyleClass().addAll("card", "advanced-card");
        getChildren().addAll(head, body);
        open(form.unfolded().holds(ADVANCED));
    }

    FieldGrid grid() {
        return grid;
    }

    void open(boolean wanted) {
        body.setVisible(wanted);
        body.setManaged(wanted);
        chevron.setRotate(wanted ? 90 : 0);
        form.unfolded().set(ADVANCED, wanted);
    }

    void mark(FormModel.Marks marks) {
        long set =
                items.stream()
                        .filter(item ->
                                !Values.same(
                                        form.model().get(item.path()), Values.initial(item.spec())))
                        .count();
        count.setText(
                set == 0
                        ? form.text("form.allAtDefault", items.size())
                        : form.text("form.someChanged", items.size(), set));
        if (items.stream().anyMatch(item -> marks.faulty(item.path()))) {
            open(true);
        }
    }
}
