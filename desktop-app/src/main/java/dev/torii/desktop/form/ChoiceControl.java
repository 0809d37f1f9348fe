package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// One of a few values: side by side when they are few and short, else in a list. Values of the
/// wire stay as they are.
final class ChoiceControl extends FieldControl {

    private static final int MOST_SEGMENTS = 4;
    private static final int MOST_LETTERS = 22;

    /// Stands for null, where nothing needs to be chosen.
    private static final String UNSET = "";

    private final Map<String, JsonNode> choices;
    private final Region control;
    private final @Nullable SegmentedControl segments;
    private final @Nullable ComboBox<String> combo;
    private boolean showing;

    /// @param choices what is shown, and the value behind it, in order
    ChoiceControl(Form form, FieldSpec spec, FieldPath path, Map<String, JsonNode> choices) {
        super(form, spec, path);
        this.choices = choices;
        boolean optional = cleared().isNull() && !spec.traits().required();
        var names = new ArrayList<String>(choices.keySet());
        int letters = names.stream().mapToInt(String::length).sum();
        if (!optional && names.size() <= MOST_SEGMENTS && letters <= MOST_LETTERS) {
            segments = named(new SegmentedControl(names, names, this::chosen));
            combo = null;
            control = segments;
        } else {
            if (optional) {
                names.addFirst(UNSET);
            }
            segments = null;
            combo = named(combo(names));
            control = combo;
        }
    }

    private ComboBox<String> combo(List<String> names) {
        var box = new ComboBox<String>();
        box.getItems().setAll(names);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setVisibleRowCount(12);
        box.setPromptText(text("form.choose"));
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable String name) {
                        return name == null || name.equals(UNSET) ? text("form.unset") : name;
                    }

                    @Override
                    public String fromString(String name) {
                        return name;
                    }
                });
        TypeAhead.on(box);
        box.valueProperty()
                .addListener((_, _, name) -> {
                    if (name != null) {
                        chosen(name);
                    }
                });
        return box;
    }

    private void chosen(String name) {
        if (!showing) {
            write(
                    name.equals(UNSET)
                            ? NullNode.getInstance()
                            : choices.getOrDefault(name, Json.object()));
        }
    }

    @Override
    Node node() {
        return control;
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value();
        String name = null;
        for (var choice : choices.entrySet()) {
            if (Values.same(choice.getValue(), value)) {
                name = choice.getKey();
            }
        }
        if (name == null && !value.isNull()) {
            name = value.asText();
        }
        if (segments != null) {
            segments.choose(name);
        }
        if (combo != null) {
            combo.setValue(name == null && combo.getItems().contains(UNSET) ? UNSET : name);
        }
        showing = false;
    }
}
