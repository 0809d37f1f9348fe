package dev.torii.desktop.form;

import dev.torii.model.json.MalformedJsonException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import jfx.incubator.scene.control.richtext.CodeArea;
import jfx.incubator.scene.control.richtext.SyntaxDecorator;
import jfx.incubator.scene.control.richtext.TextPos;
import jfx.incubator.scene.control.richtext.model.CodeTextModel;
import jfx.incubator.scene.control.richtext.model.RichParagraph;
import org.jspecify.annotations.Nullable;

/// JSON text with line numbers and colours. The one place that knows the incubating code area.
public final class JsonEditor extends StackPane {

    /// Colouring a line longer than this would hold up the window.
    private static final int LONGEST_COLOURED_LINE = 8 * 1024;

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<key>\"(?:[^\"\\\\]|\\\\.)*\"(?=\\s*:))"
                            + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"?)"
                            + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
                            + "|(?<word>\\b(?:true|false|null)\\b)");

    private final CodeArea area = new CodeArea();
    private final Text probe = new Text();
    private final Set<Integer> wrongLines = new HashSet<>();
    private final Set<Integer> changedLines = new HashSet<>();
    private boolean showing;

    /// @param edited takes what was typed, after a pause
    public JsonEditor(Debounce debounce, Consumer<String> edited) {
        area.setLineNumbersEnabled(true);
        area.setWrapText(true);
        area.setTabSize(2);
        area.setId("json-editor");
        area.setAccessibleText("JSON");
        area.getModel()
                .addListener(change -> {
                    if (change.isEdit() && !showing) {
                        debounce.after(() -> edited.accept(area.getText()));
                    }
                });
        // The area keeps the colours of lines that it has shown, whatever theme comes after.
        probe.getStyleClass().add("code-plain");
        probe.setManaged(false);
        probe.fillProperty().subscribe(_ -> colour());
        getStyleClass().add("json-editor");
        getChildren().addAll(area, probe);
    }

    public void setEditable(boolean editable) {
        area.setEditable(editable);
    }

    /// Shows a text, unless the user is typing in this one.
    public void show(String text) {
        if (!area.isFocused() && !text.equals(area.getText())) {
            showing = true;
            area.setText(text);
            showing = false;
        }
    }

    public String text() {
        return area.getText();
    }

    public void focus() {
        area.requestFocus();
    }

    /// Tints the lines of fields that changed or are wrong, and the line where the text breaks off.
    public void mark(FormModel.Marks marks) {
        wrongLines.clear();
        changedLines.clear();
        var lines = new JsonLines(area.getText());
        marks.problems().forEach(problem -> add(wrongLines, lines.line(problem.path())));
        marks.changed().forEach(path -> add(changedLines, lines.line(path)));
        MalformedJsonException unreadable = marks.unreadable();
        if (unreadable != null) {
            wrongLines.add(unreadable.line() - 1);
        }
        colour();
    }

    /// Setting the decorator anew is how the area is told to colour all lines again.
    private void colour() {
        area.setSyntaxDecorator(new Colours());
    }

    private static void add(Set<Integer> lines, @Nullable Integer line) {
        if (line != null) {
            lines.add(line);
        }
    }

    private final class Colours implements SyntaxDecorator {

        @Override
        public RichParagraph createRichParagraph(CodeTextModel model, int index) {
            String line = model.getPlainText(index);
            var paragraph = RichParagraph.builder();
            if (line.length() > LONGEST_COLOURED_LINE) {
                return paragraph.addSegment(line).build();
            }
            int end = 0;
            var token = TOKEN.matcher(line);
            while (token.find()) {
                plain(paragraph, line.substring(end, token.start()));
                paragraph.addWithStyleNames(token.group(), style(token));
                end = token.end();
            }
            plain(paragraph, line.substring(end));
            int indent = line.length() - line.stripLeading().length();
            if (wrongLines.contains(index)) {
                paragraph.addHighlight(indent, line.length() - indent, "line-wrong");
            } else if (changedLines.contains(index)) {
                paragraph.addHighlight(indent, line.length() - indent, "line-changed");
            }
            return paragraph.build();
        }

        private static void plain(RichParagraph.Builder paragraph, String text) {
            if (!text.isEmpty()) {
                paragraph.addWithStyleNames(text, "code-plain");
            }
        }

        private static String style(java.util.regex.Matcher token) {
            if (token.group("key") != null) {
                return "code-key";
            }
            if (token.group("string") != null) {
                return "code-string";
            }
            return token.group("number") != null ? "code-number" : "code-word";
        }

        @Override
        public void handleChange(
                CodeTextModel model, TextPos start, TextPos end, int top, int lines, int bottom) {}
    }
}
