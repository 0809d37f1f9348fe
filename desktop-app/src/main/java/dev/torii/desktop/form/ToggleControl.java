package dev.torii.desktop.form;

import atlantafx.base.controls.ToggleSwitch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.torii.model.schema.FieldSpec;
import javafx.scene.Node;

/// On or off.
final class ToggleControl extends FieldControl {

    private final ToggleSwitch toggle;
    private boolean showing;

    ToggleControl(Form form, FieldSpec.Flag spec, FieldPath path) {
        super(form, spec, path);
        toggle = named(new ToggleSwitch());
        toggle.selectedProperty()
                .addListener((_, _, on) -> {
                    if (!showing) {
                        write(BooleanNode.valueOf(on));
                    }
                });
    }

    @Override
    Node node() {
        return toggle;
    }

    @Override
    boolean labelAtRight() {
        return true;
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value().isNull() ? cleared() : value();
        toggle.setSelected(value.asBoolean(false));
        showing = false;
    }
}
