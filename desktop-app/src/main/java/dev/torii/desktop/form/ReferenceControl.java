package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.torii.desktop.form.References.Choice;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Another entity, chosen by name from those that there are. An entity that is gone shows its id,
/// so that another can be picked.
final class ReferenceControl extends FieldControl {

    private static final Choice NONE = new Choice("", "", "");

    private final FieldSpec.Reference spec;
    private final ComboBox<Choice> box;
    private List<Choice> choices = List.of();
    private boolean showing;

    ReferenceControl(Form form, FieldSpec.Reference spec, FieldPath path) {
        super(form, spec, path);
        this.spec = spec;
        box = named(new ComboBox<>());
        box.setMaxWidth(Double.MAX_VALUE);
        box.setVisibleRowCount(12);
        box.setPromptText(text("form.choose"));
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Choice choice) {
                        return choice == null || choice.equals(NONE)
                                ? text("form.none")
                                : choice.name();
                    }

                    @Override
                    public Choice fromString(String text) {
                        return NONE;
                    }
                });
        box.setCellFactory(_ -> new ChoiceCell());
        box.setButtonCell(new ChoiceCell());
        TypeAhead.on(box);
        box.valueProperty()
                .addListener((_, _, choice) -> {
                    if (!showing && choice != null) {
                        write(
                                choice.equals(NONE)
                                        ? NullNode.getInstance()
                                        : Json.object().put("id", choice.id()));
                    }
                });
        form.references()
                .list(
                        spec.target(),
                        found -> {
                            choices = found;
                            show();
                        });
    }

    @Override
    Node node() {
        return box;
    }

    @Override
    void show() {
        showing = true;
        JsonNode id = value().path("id");
        JsonNode name = value().path("name");
        Choice chosen = null;
        for (Choice choice : choices) {
            if (choice.id().equals(id.asText()) || choice.name().equals(name.asText(""))) {
                chosen = choice;
            }
        }
        if (chosen == null && (id.isTextual() || name.isTextual())) {
            chosen = new Choice(id.asText(), name.asText(id.asText()), "");
        }
        box.getItems().setAll(choices);
        if (!spec.traits().required()) {
            box.getItems().addFirst(NONE);
        }
        box.setValue(chosen == null && !spec.traits().required() ? NONE : chosen);
        showing = false;
    }

    private final class ChoiceCell extends ListCell<Choice> {

        @Override
        protected void updateItem(@Nullable Choice choice, boolean empty) {
            super.updateItem(choice, empty);
            if (empty || choice == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            if (choice.equals(NONE)) {
                setText(ReferenceControl.this.text("form.none"));
                setGraphic(null);
                return;
            }
            var name = new Label(choice.name());
            name.setMinWidth(Label.USE_PREF_SIZE);
            var detail = new Label(choice.detail());
            detail.getStyleClass().add("muted");
            var line = new HBox(8, name, detail);
            line.setAlignment(Pos.CENTER_LEFT);
            setText(null);
            setGraphic(line);
        }
    }
}
