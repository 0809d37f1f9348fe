package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;

/// Some of a few known values, each a chip that is on or off.
final class ChipsControl extends FieldControl {

    private final FlowPane chips = new FlowPane(4, 4);
    private final List<String> values;
    private boolean showing;

    ChipsControl(Form form, FieldSpec.Sequence spec, FieldPath path, List<String> values) {
        super(form, spec, path);
        this.values = values;
        named(chips);
        for (String value : values) {
            var chip = new ToggleButton(value);
            chip.getStyleClass().setAll("choice-chip");
            chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
            chip.selectedProperty().addListener(_ -> store());
            chips.getChildren().add(chip);
        }
    }

    private void store() {
        if (showing) {
            return;
        }
        ArrayNode chosen = Json.array();
        for (int i = 0; i < values.size(); i++) {
            if (chip(i).isSelected()) {
                chosen.add(values.get(i));
            }
        }
        write(chosen.isEmpty() && cleared().isNull() ? cleared() : chosen);
    }

    private ToggleButton chip(int index) {
        return (ToggleButton) chips.getChildren().get(index);
    }

    @Override
    Node node() {
        return chips;
    }

    @Override
    Node target() {
        return chips.getChildren().isEmpty() ? chips : chip(0);
    }

    @Override
    void show() {
        showing = true;
        JsonNode chosen = value();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            boolean on = false;
            for (JsonNode each : chosen) {
                on |= each.asText().equals(value);
            }
            chip(i).setSelected(on);
        }
        showing = false;
    }
}
