package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Names and values, one pair a line, with an empty line at the end. A name that is there already
/// is not taken.
final class MapControl extends FieldControl {

    private final FieldSpec.Mapping spec;
    private final VBox lines = new VBox(6);
    private final List<FieldRow> rows = new ArrayList<>();

    MapControl(Form form, FieldSpec.Mapping spec, FieldPath path) {
        super(form, spec, path);
        this.spec = spec;
        lines.setId(path.nodeId());
        lines.getChildren().add(emptyLine());
    }

    @Override
    Node node() {
        return lines;
    }

    @Override
    Node target() {
        return last();
    }

    @Override
    boolean wide() {
        return true;
    }

    @Override
    List<FieldRow> rows() {
        return List.copyOf(rows);
    }

    @Override
    void show() {
        rows.clear();
        lines.getChildren().clear();
        value().properties().forEach(entry -> lines.getChildren().add(line(entry.getKey())));
        lines.getChildren().add(emptyLine());
    }

    private Node line(String name) {
        var key = key(name);
        key.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        rename(name, key.getText().strip());
                    }
                });
        key.setOnAction(_ -> rename(name, key.getText().strip()));
        FieldPath at = path().child(name);
        FieldControl control =
                spec.values() instanceof FieldSpec.Sequence list
                        ? new TagsControl(form(), list, at)
                        : FormBuilder.control(form(), spec.values(), at);
        FieldRow row = FieldRow.bare(form(), control);
        rows.add(row);
        control.show();
        Button remove = Icons.button(Feather.X, text("form.remove", name));
        remove.setOnAction(_ -> rename(name, ""));
        return pair(key, row, remove);
    }

    private Node emptyLine() {
        var key = key("");
        key.setId(path().nodeId() + "-new");
        var value = new TextField();
        value.setPromptText(text("form.mapValue"));
        value.setId(path().nodeId() + "-new-value");
        value.setOnAction(_ -> add(key.getText(), value.getText()));
        value.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused && !value.getText().isEmpty()) {
                        add(key.getText(), value.getText());
                    }
                });
        key.textProperty()
                .addListener((_, _, typed) -> {
                    if (typed.contains("\n") || typed.contains(": ")) {
                        addLines(typed);
                    }
                });
        Button add = Icons.button(Feather.PLUS, text("form.add"));
        add.setOnAction(_ -> add(key.getText(), value.getText()));
        return pair(key, value, add);
    }

    private Node pair(TextField key, Node value, Button end) {
        key.setPrefWidth(120);
        HBox.setHgrow(key, Priority.ALWAYS);
        HBox.setHgrow(value, Priority.ALWAYS);
        var line = new HBox(8, key, value, end);
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    private TextField key(String name) {
        var key = new TextField(name);
        key.setPromptText(text("form.mapName"));
        key.getStyleClass().add("mono-input");
        return key;
    }

    private Node last() {
        return ((HBox) lines.getChildren().getLast()).getChildren().getFirst();
    }

    /// Lines of `name: value`, as pasted.
    private void addLines(String pasted) {
        for (String line : pasted.split("\\R", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                add(line.substring(0, colon), line.substring(colon + 1));
            }
        }
    }

    private void add(String typedName, String typedValue) {
        String name = typedName.strip();
        if (name.isEmpty() || value().has(name)) {
            return;
        }
        ObjectNode map = copy();
        map.set(name, initial(typedValue.strip()));
        write(map);
        show();
        target().requestFocus();
    }

    private JsonNode initial(String typed) {
        return switch (spec.values()) {
            case FieldSpec.Text _ -> TextNode.valueOf(typed);
            case FieldSpec.Sequence _ -> {
                var list = Json.array();
                for (String part : typed.split(",", -1)) {
                    if (!part.isBlank()) {
                        list.add(part.strip());
                    }
                }
                yield list;
            }
            case FieldSpec.Numeric _, FieldSpec.Flag _, FieldSpec.Opaque _ -> parsed(typed);
            case FieldSpec.Struct struct -> Values.whole(struct, null);
            case FieldSpec.Mapping _ -> Json.object();
            case FieldSpec.Reference _ -> NullNode.getInstance();
        };
    }

    private static JsonNode parsed(String typed) {
        try {
            return Json.parse(typed);
        } catch (dev.torii.model.json.MalformedJsonException e) {
            return TextNode.valueOf(typed);
        }
    }

    /// An empty name takes the pair away.
    private void rename(String old, String name) {
        if (name.equals(old) || !value().has(old) || value().has(name)) {
            return;
        }
        ObjectNode map = Json.object();
        value().properties()
                .forEach(entry -> {
                    if (!entry.getKey().equals(old)) {
                        map.set(entry.getKey(), entry.getValue());
                    } else if (!name.isEmpty()) {
                        map.set(name, entry.getValue());
                    }
                });
        write(map.isEmpty() ? cleared() : map);
        show();
    }

    private ObjectNode copy() {
        return value() instanceof ObjectNode object ? object.deepCopy() : Json.object();
    }
}
