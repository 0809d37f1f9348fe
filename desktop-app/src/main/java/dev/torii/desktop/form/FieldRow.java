package dev.torii.desktop.form;

import dev.torii.model.schema.FieldSpec;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A control with what belongs around it: label, key, help or error, and the bar that marks a
/// change.
final class FieldRow extends VBox {

    private static final double LABEL_GAP = 5;

    private final Form form;
    private final FieldControl control;
    private final boolean bare;
    private final Region bar = new Region();
    private final Label note = new Label();
    private final Label help = new Label();

    private FieldRow(Form form, FieldControl control, boolean bare) {
        super(LABEL_GAP);
        this.form = form;
        this.control = control;
        this.bare = bare;
        setMinWidth(0);
        bar.getStyleClass().add("field-dirty");
        bar.setMinWidth(3);
        bar.setVisible(false);
        bar.setManaged(false);
        note.getStyleClass().addAll("small", "field-error");
        note.setGraphic(Icons.small(Feather.ALERT_CIRCLE));
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        note.setVisible(false);
        note.setManaged(false);
        help.getStyleClass().addAll("small", "muted");
        help.setWrapText(true);
        help.setMinHeight(USE_PREF_SIZE);
        build();
        showHelp();
    }

    static FieldRow of(Form form, FieldControl control) {
        return new FieldRow(form, control, false);
    }

    /// Without label and key, as inside a list.
    static FieldRow bare(Form form, FieldControl control) {
        return new FieldRow(form, control, true);
    }

    private void build() {
        Node node = control.node();
        HBox.setHgrow(node, Priority.ALWAYS);
        if (bare) {
            getChildren().addAll(node, note);
        } else if (control.labelAtRight()) {
            var words = new VBox(2, label(), help, key());
            HBox.setHgrow(node, Priority.NEVER);
            HBox.setHgrow(words, Priority.ALWAYS);
            words.setMinWidth(0);
            var line = new HBox(12, bar, node, words);
            line.setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(line, note);
        } else {
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var head = new HBox(8, label(), space, key());
            head.setAlignment(Pos.BASELINE_LEFT);
            var line = new HBox(8, bar, node);
            getChildren().addAll(head, line, note, help);
        }
    }

    private Label label() {
        FieldSpec spec = control.spec();
        var label = new Label(form.words().label(spec));
        label.getStyleClass().add("field-label");
        boolean needed = spec.traits().required() && spec.traits().defaultValue() == null;
        if (needed && !(spec instanceof FieldSpec.Struct)) {
            var star = new Label("*");
            star.getStyleClass().add("field-star");
            label.setGraphic(star);
            label.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        }
        if (control.target() instanceof Control target) {
            label.setLabelFor(target);
        }
        return label;
    }

    private Label key() {
        var key = new Label(control.spec().name());
        key.getStyleClass().add("field-key");
        key.setMinWidth(0);
        return key;
    }

    FieldControl control() {
        return control;
    }

    FieldPath path() {
        return control.path();
    }

    /// Shows what the model says about the field: changed or not, right or wrong.
    void mark() {
        var marks = form.model().marks();
        boolean changed = marks.changed(path());
        bar.setVisible(changed);
        bar.setManaged(changed);
        Problem problem = marks.problem(path());
        note.setVisible(problem != null);
        note.setManaged(problem != null);
        if (problem != null) {
            note.setText(form.words().problem(control.spec(), form.model().get(path()), problem));
        }
        control.faulty(problem != null);
        showHelp();
        children().forEach(FieldRow::mark);
    }

    private void showHelp() {
        String reading = control.reading();
        String said = form.words().help(control.spec());
        String text = reading == null ? said : said == null ? reading : said + " · " + reading;
        help.setText(text == null ? "" : text);
        boolean shown = text != null && !(note.isVisible() && !control.labelAtRight());
        help.setVisible(shown);
        help.setManaged(shown);
    }

    /// The fields inside this one.
    List<FieldRow> children() {
        return control.rows();
    }
}
