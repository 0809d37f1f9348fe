package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// A set of short texts as tags in a box. Enter or a comma adds, a pasted list adds each, Backspace
/// takes the last away; a text that is there already is not added twice.
final class TagsControl extends FieldControl {

    private final FlowPane box = new FlowPane(4, 4);
    private final TextField field;

    TagsControl(Form form, FieldSpec.Sequence spec, FieldPath path) {
        super(form, spec, path);
        field = named(new TextField());
        field.getStyleClass().setAll("text-field", "bare");
        field.setPromptText(text("form.tagPrompt"));
        field.setPrefColumnCount(8);
        field.textProperty()
                .addListener((_, _, typed) -> {
                    if (typed.contains(",") || typed.contains("\n")) {
                        add();
                    }
                });
        field.setOnAction(_ -> add());
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    box.pseudoClassStateChanged(
                            javafx.css.PseudoClass.getPseudoClass("focus-within"), focused);
                    if (!focused) {
                        add();
                    }
                });
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.BACK_SPACE && field.getText().isEmpty()) {
                        var tags = tags();
                        if (!tags.isEmpty()) {
                            tags.removeLast();
                            store(tags);
                        }
                        event.consume();
                    }
                });
        box.getStyleClass().addAll("fieldbox", "tag-box");
        box.setOnMouseClicked(_ -> field.requestFocus());
    }

    private List<String> tags() {
        var tags = new ArrayList<String>();
        for (JsonNode tag : value()) {
            tags.add(tag.asText());
        }
        return tags;
    }

    private void add() {
        var tags = tags();
        for (String part : field.getText().split("[,\\n]", -1)) {
            String tag = part.strip();
            if (!tag.isEmpty() && !tags.contains(tag)) {
                tags.add(tag);
            }
        }
        field.clear();
        store(tags);
    }

    private void store(List<String> tags) {
        ArrayNode array = Json.array();
        tags.forEach(tag -> array.add(TextNode.valueOf(tag)));
        write(array.isEmpty() ? cleared() : array);
        show();
    }

    @Override
    Node node() {
        return box;
    }

    @Override
    Node target() {
        return field;
    }

    @Override
    void faulty(boolean faulty) {
        box.pseudoClassStateChanged(atlantafx.base.theme.Styles.STATE_DANGER, faulty);
    }

    @Override
    void show() {
        var nodes = new ArrayList<Node>();
        for (String tag : tags()) {
            nodes.add(chip(tag));
        }
        nodes.add(field);
        boolean focused = field.isFocused();
        box.getChildren().setAll(nodes);
        if (focused) {
            field.requestFocus();
        }
    }

    private Node chip(String tag) {
        var label = new Label(tag);
        label.getStyleClass().add("mono");
        Button remove = Icons.button(Feather.X, text("form.remove", tag));
        remove.getStyleClass().add("inside");
        remove.setFocusTraversable(false);
        remove.setOnAction(_ -> {
            var tags = tags();
            tags.remove(tag);
            store(tags);
        });
        var chip = new HBox(label, remove);
        chip.setAlignment(Pos.CENTER_LEFT);
        chip.getStyleClass().add("tag");
        return chip;
    }
}
