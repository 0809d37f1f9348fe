package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import javafx.scene.Node;
import javafx.scene.control.TextField;

/// One line of text; emptied, it is the default, which then shows as the prompt.
final class TextControl extends FieldControl {

    private final TextField field;
    private boolean showing;

    TextControl(Form form, FieldSpec.Text spec, FieldPath path) {
        super(form, spec, path);
        field = named(new TextField());
        field.setPromptText(Prompts.of(spec));
        if (spec.format() != null) {
            field.getStyleClass().add("mono-input");
        }
        field.textProperty()
                .addListener((_, _, text) -> {
                    if (!showing) {
                        write(text.isEmpty() ? cleared() : TextNode.valueOf(text));
                    }
                });
    }

    @Override
    Node node() {
        return field;
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value();
        String text = value.isNull() ? "" : value.asText();
        if (!field.getText().equals(text)) {
            field.setText(text);
        }
        showing = false;
    }
}
