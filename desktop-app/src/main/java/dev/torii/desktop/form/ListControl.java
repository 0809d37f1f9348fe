package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A list whose elements are rows that can be added, removed and moved (Alt with the arrow keys).
abstract class ListControl extends FieldControl {

    private final FieldSpec.Sequence spec;
    private final VBox lines = new VBox(6);
    private final Button add;
    private final HBox foot;
    private final VBox all;
    private int shown = -1;

    ListControl(Form form, FieldSpec.Sequence spec, FieldPath path, String addText) {
        super(form, spec, path);
        this.spec = spec;
        add = Icons.labelled(Feather.PLUS, addText);
        add.setId(path.nodeId() + "-add");
        add.setOnAction(_ -> add());
        foot = new HBox(8, add);
        foot.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        all = new VBox(6, lines, foot);
        all.setId(path.nodeId());
    }

    /// Makes the line of one element.
    abstract Node line(int position);

    /// Shows what changed without a line having come or gone.
    abstract void refresh();

    abstract void focusLine(int position);

    abstract void forget();

    /// What a new element starts as.
    abstract JsonNode fresh();

    final HBox foot() {
        return foot;
    }

    final FieldSpec element() {
        return spec.element();
    }

    final int size() {
        return value().size();
    }

    private List<JsonNode> elements() {
        var elements = new ArrayList<JsonNode>();
        value().forEach(elements::add);
        return elements;
    }

    private void add() {
        var elements = elements();
        elements.add(fresh());
        store(elements);
        focusLine(elements.size() - 1);
    }

    final void remove(int position) {
        var elements = elements();
        elements.remove(position);
        store(elements);
        if (elements.isEmpty()) {
            add.requestFocus();
        } else {
            focusLine(Math.min(position, elements.size() - 1));
        }
    }

    final void move(int from, int to) {
        var elements = elements();
        if (to < 0 || to >= elements.size()) {
            return;
        }
        elements.add(to, elements.remove(from));
        store(elements);
        focusLine(to);
    }

    /// Alt with an arrow key moves the line that has the focus.
    final void movable(Node line, int position) {
        line.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.isAltDown() && event.getCode() == KeyCode.UP) {
                        event.consume();
                        move(position, position - 1);
                    } else if (event.isAltDown() && event.getCode() == KeyCode.DOWN) {
                        event.consume();
                        move(position, position + 1);
                    }
                });
    }

    private void store(List<JsonNode> elements) {
        ArrayNode array = Json.array();
        elements.forEach(array::add);
        write(array.isEmpty() ? cleared() : array);
        rebuild();
    }

    private void rebuild() {
        shown = size();
        forget();
        lines.getChildren().clear();
        for (int i = 0; i < shown; i++) {
            lines.getChildren().add(line(i));
        }
        lines.setManaged(shown > 0);
        add.setDisable(shown >= spec.lenMax());
    }

    @Override
    final Node node() {
        return all;
    }

    @Override
    Node target() {
        return add;
    }

    @Override
    void faulty(boolean faulty) {
        all.pseudoClassStateChanged(atlantafx.base.theme.Styles.STATE_DANGER, faulty);
    }

    @Override
    void show() {
        if (shown == size()) {
            refresh();
        } else {
            rebuild();
        }
    }
}
