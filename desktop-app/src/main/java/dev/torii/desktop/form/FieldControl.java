package dev.torii.desktop.form;

import atlantafx.base.theme.Styles;
import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.schema.FieldSpec;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The control of one field. It shows the model's value and writes what the user does back to it.
abstract class FieldControl {

    private final Form form;
    private final FieldSpec spec;
    private final FieldPath path;

    FieldControl(Form form, FieldSpec spec, FieldPath path) {
        this.form = form;
        this.spec = spec;
        this.path = path;
    }

    abstract Node node();

    /// Shows the model's value. Called once after construction and whenever the value changed by
    /// other means.
    abstract void show();

    /// What takes the focus, and the red border when something is wrong.
    Node target() {
        return node();
    }

    /// Whether the control needs the whole width of the form.
    boolean wide() {
        return false;
    }

    /// Whether the label stands at the right of the control, as with a switch.
    boolean labelAtRight() {
        return false;
    }

    /// What the value means in friendlier words.
    @Nullable String reading() {
        return null;
    }

    /// Controls inside this one that have fields of their own.
    List<FieldRow> rows() {
        return List.of();
    }

    void faulty(boolean faulty) {
        target().pseudoClassStateChanged(Styles.STATE_DANGER, faulty);
    }

    final FieldSpec spec() {
        return spec;
    }

    final FieldPath path() {
        return path;
    }

    final Form form() {
        return form;
    }

    final JsonNode value() {
        return form.model().get(path);
    }

    final void write(JsonNode value) {
        form.model().set(path, value);
    }

    final String text(String key, Object... arguments) {
        return form.text(key, arguments);
    }

    /// What an emptied field becomes: its default, or null.
    final JsonNode cleared() {
        return Values.initial(spec);
    }

    final <T extends Node> T named(T node) {
        node.setId(path.nodeId());
        node.setAccessibleText(form.words().label(spec));
        String help = form.words().help(spec);
        if (help != null) {
            node.setAccessibleHelp(help);
        }
        node.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        form.model().touch(path);
                    }
                });
        return node;
    }
}
