package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;

/// A text with suggestions, where any other text is allowed too.
final class SuggestControl extends FieldControl {

    private final ComboBox<String> box;
    private boolean showing;

    SuggestControl(Form form, FieldSpec.Text spec, FieldPath path) {
        super(form, spec, path);
        box = named(new ComboBox<>());
        box.setEditable(true);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setVisibleRowCount(12);
        box.getItems().setAll(spec.traits().hints().suggestions());
        box.getEditor().setPromptText(Prompts.of(spec));
        box.getEditor()
                .textProperty()
                .addListener((_, _, text) -> {
                    if (!showing) {
                        write(text == null || text.isEmpty() ? cleared() : TextNode.valueOf(text));
                    }
                });
    }

    @Override
    Node node() {
        return box;
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value();
        box.getEditor().setText(value.isNull() ? "" : value.asText());
        showing = false;
    }
}
