package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.FieldSpec;
import javafx.scene.Node;
import javafx.scene.control.TextArea;

/// The value as JSON text, for kinds that have no control of their own. Text that is no JSON is
/// kept as a string until it is.
final class JsonControl extends FieldControl {

    private final TextArea area;
    private boolean showing;
    private boolean readable = true;

    JsonControl(Form form, FieldSpec spec, FieldPath path) {
        super(form, spec, path);
        area = named(new TextArea());
        area.getStyleClass().add("mono-input");
        area.setPrefRowCount(4);
        area.setPrefColumnCount(20);
        area.textProperty()
                .addListener((_, _, text) -> {
                    if (!showing) {
                        write(parse(text));
                    }
                });
    }

    private JsonNode parse(String text) {
        if (text.isBlank()) {
            readable = true;
            return cleared();
        }
        try {
            JsonNode value = Json.parse(text);
            readable = true;
            return value;
        } catch (MalformedJsonException e) {
            readable = false;
            return TextNode.valueOf(text);
        }
    }

    @Override
    Node node() {
        return area;
    }

    @Override
    boolean wide() {
        return true;
    }

    @Override
    String reading() {
        return readable ? text("form.jsonKind") : text("form.jsonUnreadable");
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value();
        area.setText(value.isNull() ? "" : JsonText.pretty(SecretMask.hide(spec(), value)));
        showing = false;
    }
}
