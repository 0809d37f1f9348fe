package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Struct;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A list of records: each is one line that says what it holds, and opens in place. One with an
/// error opens by itself.
final class RecordsControl extends ListControl {

    private final Struct record;
    private final List<Line> lines = new ArrayList<>();

    RecordsControl(Form form, Sequence spec, Struct record, FieldPath path) {
        super(form, spec, path, form.text("form.addNamed", form.words().element(spec.name())));
        this.record = record;
    }

    @Override
    Node line(int position) {
        var line = new Line(position);
        lines.add(line);
        return line.card;
    }

    @Override
    void refresh() {
        lines.forEach(Line::refresh);
    }

    @Override
    void focusLine(int position) {
        Line line = lines.get(position);
        line.open(true);
        line.grid.rows().getFirst().control().target().requestFocus();
    }

    @Override
    void forget() {
        lines.clear();
    }

    @Override
    JsonNode fresh() {
        form().unfolded().closeWithin(path());
        return Values.whole(record, null);
    }

    @Override
    boolean wide() {
        return true;
    }

    @Override
    List<FieldRow> rows() {
        var rows = new ArrayList<FieldRow>();
        for (Line line : lines) {
            line.refreshSummary();
            if (form().model().marks().faulty(path().element(line.position))) {
                line.open(true);
            }
            rows.addAll(line.grid.rows());
        }
        return rows;
    }

    private final class Line {

        private final int position;
        private final HBox summary = new HBox(8);
        private final FieldGrid grid;
        private final VBox card = new VBox();
        private final VBox body;
        private final Node chevron = Icons.small(Feather.CHEVRON_DOWN);

        Line(int position) {
            this.position = position;
            FieldPath at = path().element(position);
            grid = new FieldGrid(FormSections.items(record, at), form());
            grid.columns(2);
            body = new VBox(grid);
            body.getStyleClass().add("record-body");
            var number = new Label(Integer.toString(position + 1));
            number.getStyleClass().addAll("small", "muted");
            number.setMinWidth(Label.USE_PREF_SIZE);
            HBox.setHgrow(summary, Priority.ALWAYS);
            summary.setAlignment(Pos.CENTER_LEFT);
            summary.setMinWidth(0);
            Button remove =
                    Icons.button(Feather.X, text("form.remove", Integer.toString(position + 1)));
            remove.setOnAction(_ -> remove(position));
            var head = new HBox(8, Icons.small(Feather.MENU), number, summary, remove, chevron);
            head.setAlignment(Pos.CENTER_LEFT);
            head.getStyleClass().add("record-head");
            head.setFocusTraversable(true);
            head.setAccessibleRole(AccessibleRole.TITLED_PANE);
            head.setId(at.nodeId());
            head.setOnMouseClicked(_ -> open(!body.isVisible()));
            head.setOnKeyPressed(event -> {
                if (head.isFocused()
                        && (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE)) {
                    event.consume();
                    open(!body.isVisible());
                }
            });
            card.getStyleClass().add("record-card");
            card.getChildren().addAll(head, body);
            movable(card, position);
            grid.show();
            open(form().unfolded().holds(at));
            refreshSummary();
        }

        private void open(boolean wanted) {
            body.setVisible(wanted);
            body.setManaged(wanted);
            chevron.setRotate(wanted ? 180 : 0);
            form().unfolded().set(path().element(position), wanted);
        }

        private void refresh() {
            grid.show();
            refreshSummary();
        }

        private void refreshSummary() {
            JsonNode value = form().model().get(path().element(position));
            summary.getChildren().clear();
            RecordSummary said = RecordSummary.of(record, value);
            for (String choice : said.choices()) {
                var pill = new Label(choice);
                pill.getStyleClass().add("pill");
                pill.setMinWidth(Region.USE_PREF_SIZE);
                summary.getChildren().add(pill);
            }
            var text = new Label(said.isEmpty() ? text("form.emptyRecord") : said.text());
            text.setMinWidth(0);
            if (said.isEmpty()) {
                text.getStyleClass().add("muted");
            }
            summary.getChildren().add(text);
        }
    }
}
