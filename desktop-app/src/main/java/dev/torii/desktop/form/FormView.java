package dev.torii.desktop.form;

import dev.torii.desktop.form.FormSections.Item;
import dev.torii.desktop.form.FormSections.Layout;
import dev.torii.desktop.form.FormSections.Section;
import dev.torii.desktop.ui.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The form of a [FormModel]: its sections, the list of these at the left, and the advanced fields
/// folded at the end.
public final class FormView extends HBox {

    private static final double BETWEEN_SECTIONS = 18;
    private static final double SECTION_LIST_GAP = 24;

    private final FormModel model;
    private final Form form;
    private final VBox page = new VBox(BETWEEN_SECTIONS);
    private final ScrollPane scroll = new ScrollPane(page);
    private final VBox loose = new VBox(8);
    private final List<FieldGrid> grids = new ArrayList<>();
    private final SectionList list;
    private final @Nullable AdvancedCard advanced;
    private final ChangeListener<FormModel.Marks> onMarks = (_, _, _) -> mark();
    private final ChangeListener<Number> onReload = (_, _, _) -> show();

    /// @param unfolded what stands open in it, now and in the views that take over
    /// @param first the heading of the fields that belong to no group
    /// @param elsewhere fields that the page shows outside of the form
    /// @param foot a line under the section list
    public FormView(
            FormModel model,
            Messages messages,
            References references,
            Unfolded unfolded,
            String first,
            Set<FieldPath> elsewhere,
            String foot) {
        this.model = model;
        form = new Form(model, messages, new Words(messages), references, unfolded);
        getStyleClass().add("form");
        setSpacing(SECTION_LIST_GAP);
        Layout layout = FormSections.of(model, form.words(), first, elsewhere);
        list = new SectionList(foot);
        page.getChildren().add(loose);
        for (Section section : layout.sections()) {
            Node node = section(section);
            list.add(section.title(), section.items(), () -> reveal(node));
            page.getChildren().add(node);
        }
        if (layout.advanced().isEmpty()) {
            advanced = null;
        } else {
            AdvancedCard card = new AdvancedCard(layout.advanced(), form);
            grids.add(card.grid());
            list.addAdvanced(
                    form.text("form.advanced"),
                    layout.advanced(),
                    () -> {
                        card.open(true);
                        reveal(card);
                    });
            page.getChildren().add(card);
            advanced = card;
        }
        page.getStyleClass().add("form-page");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("form-scroll");
        scroll.setMinWidth(0);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(list, scroll);
        columns(2);
        show();
        model.marksProperty().addListener(onMarks);
        model.reloadsProperty().addListener(onReload);
    }

    /// Lets go of the model, when another view of it takes over.
    public void dispose() {
        model.marksProperty().removeListener(onMarks);
        model.reloadsProperty().removeListener(onReload);
    }

    /// Two columns where there is room, else one and no section list.
    public void narrow(boolean narrow) {
        columns(narrow ? 1 : 2);
    }

    private void columns(int columns) {
        grids.forEach(grid -> grid.columns(columns));
    }

    private Node section(Section section) {
        var grid = new FieldGrid(section.items(), form);
        grids.add(grid);
        var heading = new Label(section.title());
        heading.getStyleClass().add("h2");
        var head = new VBox(2, heading);
        String help = section.help();
        if (help != null) {
            var line = new Label(help);
            line.getStyleClass().addAll("small", "muted");
            line.setWrapText(true);
            head.getChildren().add(line);
        }
        return new VBox(8, head, grid);
    }

    private void show() {
        grids.forEach(FieldGrid::show);
        mark();
    }

    private void mark() {
        grids.forEach(grid -> grid.rows().forEach(FieldRow::mark));
        page.setDisable(model.marks().unreadable() != null);
        list.mark(model.marks());
        if (advanced != null) {
            advanced.mark(model.marks());
        }
        showLoose();
    }

    /// Problems that no field of the form shows stand on top of it.
    private void showLoose() {
        loose.getChildren().clear();
        for (Problem problem : model.marks().problems()) {
            if (row(problem.path()) == null) {
                var text =
                        new Label(
                                form.words()
                                        .problem(
                                                Violations.find(model.struct(), problem.path()),
                                                model.get(problem.path()),
                                                problem),
                                Icons.small(Feather.ALERT_CIRCLE));
                text.getStyleClass().addAll("banner", "err");
                text.setWrapText(true);
                text.setMaxWidth(Double.MAX_VALUE);
                loose.getChildren().add(text);
            }
        }
        loose.setManaged(!loose.getChildren().isEmpty());
    }

    /// Puts the cursor into the first field.
    public void focusFirst() {
        grids.stream()
                .flatMap(grid -> grid.rows().stream())
                .findFirst()
                .ifPresent(row -> row.control().target().requestFocus());
    }

    /// Puts the cursor into the first field that has to be put right.
    public void focusFirstProblem() {
        for (FieldGrid grid : grids) {
            for (FieldRow row : grid.rows()) {
                FieldRow faulty = firstFaulty(row);
                if (faulty != null) {
                    if (advanced != null && advanced.grid() == grid) {
                        advanced.open(true);
                    }
                    faulty.control().target().requestFocus();
                    reveal(faulty);
                    return;
                }
            }
        }
    }

    private @Nullable FieldRow firstFaulty(FieldRow row) {
        for (FieldRow child : row.children()) {
            FieldRow faulty = firstFaulty(child);
            if (faulty != null) {
                return faulty;
            }
        }
        return model.marks().problem(row.path()) == null ? null : row;
    }

    private @Nullable FieldRow row(FieldPath path) {
        for (FieldGrid grid : grids) {
            for (FieldRow row : grid.rows()) {
                FieldRow found = row(row, path);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable FieldRow row(FieldRow row, FieldPath path) {
        if (row.path().equals(path)) {
            return row;
        }
        for (FieldRow child : row.children()) {
            FieldRow found = row(child, path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void reveal(Node node) {
        Platform.runLater(() -> {
            page.applyCss();
            page.layout();
            Bounds at = page.sceneToLocal(node.localToScene(node.getBoundsInLocal()));
            double room = page.getHeight() - scroll.getViewportBounds().getHeight();
            if (room > 0) {
                scroll.setVvalue(Math.clamp((at.getMinY() - 8) / room, 0, 1));
            }
        });
    }

    /// Whether a section shows this field; for tests that a form is complete.
    boolean shows(Item item) {
        return row(item.path()) != null;
    }
}
