package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;

/// A list of plain values, one line each. Lines that are patterns are tried live on a sample text.
final class RowsControl extends ListControl {

    private final boolean patterns;
    private final List<FieldRow> rows = new ArrayList<>();
    private final TextField sample = new TextField();
    private final Label verdict = new Label();

    RowsControl(Form form, FieldSpec.Sequence spec, FieldPath path) {
        super(form, spec, path, form.text(isPattern(spec) ? "form.addPattern" : "form.add"));
        patterns = isPattern(spec);
        if (patterns) {
            sample.setPromptText(text("form.sample"));
            sample.setAccessibleText(text("form.sample"));
            sample.setId(path.nodeId() + "-sample");
            sample.getStyleClass().add("sm");
            sample.textProperty().addListener(_ -> tryPatterns());
            HBox.setHgrow(sample, Priority.ALWAYS);
            verdict.getStyleClass().add("small");
            verdict.setMinWidth(Label.USE_PREF_SIZE);
            foot().getChildren().addAll(sample, verdict);
        }
    }

    private static boolean isPattern(FieldSpec.Sequence spec) {
        return "regex".equals(spec.traits().hints().widget())
                || "regex".equals(spec.element().traits().hints().widget());
    }

    @Override
    boolean wide() {
        return patterns;
    }

    @Override
    Node line(int position) {
        FieldControl control = FormBuilder.control(form(), element(), path().element(position));
        var row = FieldRow.bare(form(), control);
        rows.add(row);
        control.show();
        if (patterns) {
            control.node().getStyleClass().add("mono-input");
        }
        var handle = Icons.small(Feather.MENU);
        Button remove =
                Icons.button(Feather.X, text("form.remove", Integer.toString(position + 1)));
        remove.setOnAction(_ -> remove(position));
        HBox.setHgrow(row, Priority.ALWAYS);
        var line = new HBox(8, handle, row, remove);
        line.setAlignment(Pos.TOP_LEFT);
        line.getStyleClass().add("list-line");
        movable(line, position);
        return line;
    }

    @Override
    void refresh() {
        rows.forEach(row -> row.control().show());
        tryPatterns();
    }

    private void tryPatterns() {
        String text = sample.getText();
        verdict.getStyleClass().removeAll("ok-text", "muted");
        if (text.isEmpty()) {
            verdict.setText("");
            return;
        }
        int matching = 0;
        for (JsonNode pattern : value()) {
            matching += matches(pattern.asText(""), text) ? 1 : 0;
        }
        verdict.setText(
                matching == 0
                        ? text("form.sampleMatchesNone")
                        : text("form.sampleMatches", matching, size()));
        verdict.getStyleClass().add(matching == 0 ? "muted" : "ok-text");
    }

    private static boolean matches(String pattern, String text) {
        try {
            return !pattern.isEmpty() && Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    @Override
    void focusLine(int position) {
        rows.get(position).control().target().requestFocus();
    }

    @Override
    void forget() {
        rows.clear();
    }

    @Override
    List<FieldRow> rows() {
        return List.copyOf(rows);
    }

    @Override
    JsonNode fresh() {
        JsonNode initial = Values.initial(element());
        return initial instanceof NullNode && element() instanceof FieldSpec.Text
                ? TextNode.valueOf("")
                : initial;
    }
}
