package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// Text of several lines: a prompt, a template, a long value. It grows with what it holds, and
/// names the `{{variables}}` that it finds.
final class PromptControl extends FieldControl {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final int LEAST_LINES = 3;
    private static final int MOST_LINES = 12;

    private final FieldSpec.Text spec;
    private final TextArea area;
    private boolean showing;

    PromptControl(Form form, FieldSpec.Text spec, FieldPath path) {
        super(form, spec, path);
        this.spec = spec;
        area = named(new TextArea());
        area.setWrapText(true);
        area.setPromptText(Prompts.of(spec));
        area.setPrefRowCount(LEAST_LINES);
        area.setPrefColumnCount(20);
        if (!"prompt".equals(spec.traits().hints().widget())) {
            area.getStyleClass().add("mono-input");
        }
        area.textProperty()
                .addListener((_, _, text) -> {
                    fit(text);
                    if (!showing) {
                        write(text.isEmpty() ? cleared() : TextNode.valueOf(text));
                    }
                });
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::leave);
    }

    /// Tab goes on to the next field, as everywhere in a form; Ctrl+Tab types one.
    private void leave(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB && !event.isControlDown() && !event.isAltDown()) {
            event.consume();
            area.requestFocusTraversal(
                    event.isShiftDown()
                            ? javafx.scene.TraversalDirection.PREVIOUS
                            : javafx.scene.TraversalDirection.NEXT);
        }
    }

    private void fit(String text) {
        double width = area.getWidth() - 24;
        int lines = (int) text.lines().count();
        if (width > 0) {
            var measured = new Text(text);
            measured.setFont(area.getFont());
            measured.setWrappingWidth(width);
            var line = new Text("M");
            line.setFont(area.getFont());
            lines =
                    (int)
                            Math.ceil(
                                    measured.getLayoutBounds().getHeight()
                                            / line.getLayoutBounds().getHeight());
        }
        area.setPrefRowCount(Math.clamp(lines, LEAST_LINES, MOST_LINES));
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
    @Nullable String reading() {
        String text = value().asText("");
        var variables = new LinkedHashSet<String>();
        var found = VARIABLE.matcher(text);
        while (found.find()) {
            variables.add(found.group(1));
        }
        if (!variables.isEmpty()) {
            return text("form.variables", String.join(", ", variables));
        }
        int most = spec.lenMax();
        return text.length() > most * 0.8 ? text("form.length", text.length(), most) : null;
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value();
        String text = value.isNull() ? "" : value.asText();
        if (!area.getText().equals(text)) {
            area.setText(text);
        }
        showing = false;
    }
}
