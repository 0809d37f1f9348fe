package dev.torii.desktop.form;

import atlantafx.base.controls.ToggleSwitch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.torii.model.schema.FieldSpec.Struct;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A record inside another. One that may be null and has fields that must be filled in carries a
/// switch; switched off and on again, it holds what it held.
final class RecordControl extends FieldControl {

    private final Struct struct;
    private final FieldGrid grid;
    private final VBox box = new VBox(12);
    private final @Nullable ToggleSwitch toggle;
    private @Nullable JsonNode kept;
    private boolean showing;

    RecordControl(Form form, Struct struct, FieldPath path) {
        super(form, struct, path);
        this.struct = struct;
        grid = new FieldGrid(FormSections.items(struct, path), form);
        // Within an element of a list there is no room for two labels and keys in a line.
        grid.columns(path.withinList() ? 1 : 2);
        box.getStyleClass().add("nested-record");
        if (needsSwitch(struct)) {
            toggle = new ToggleSwitch(text("form.set"));
            toggle.setId(path.nodeId() + "-set");
            toggle.selectedProperty().addListener((_, _, on) -> set(on));
            box.getChildren().addAll(toggle, grid);
        } else {
            toggle = null;
            box.getChildren().add(grid);
        }
    }

    static boolean needsSwitch(Struct struct) {
        return Values.initial(struct).isNull() && !Values.opensByItself(struct);
    }

    private void set(boolean on) {
        if (!showing) {
            if (on) {
                write(kept == null ? Values.whole(struct, null) : kept);
            } else {
                kept = value();
                write(NullNode.getInstance());
            }
            show();
        }
    }

    @Override
    Node node() {
        return box;
    }

    @Override
    boolean wide() {
        return true;
    }

    @Override
    List<FieldRow> rows() {
        return grid.rows();
    }

    @Override
    void show() {
        showing = true;
        boolean open = toggle == null || !value().isNull();
        if (toggle != null) {
            toggle.setSelected(open);
        }
        grid.setVisible(open);
        grid.setManaged(open);
        grid.show();
        showing = false;
    }
}
