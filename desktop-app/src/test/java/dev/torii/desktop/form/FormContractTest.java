package dev.torii.desktop.form;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.desktop.form.FormSections.Item;
import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a schema says, its form is whole.
@ExtendWith(FxTest.class)
class FormContractTest {

    static Stream<Schema> schemas() {
        return Stream.concat(
                Stream.of(SampleSchema.ALL_KINDS),
                Stream.of(EntityKind.values())
                        .map(kind ->
                                Schema.load(
                                        kind.schemaName(),
                                        EntityKind.class,
                                        kind.schemaName() + ".json")));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyFieldHasAControl(Schema schema) {
        FormModel model = model(schema);
        for (Locale language : Messages.LANGUAGES) {
            FormView view = onFx(() -> view(model, language));

            for (Item item : leaves(model.struct(), FieldPath.ROOT)) {
                if (item.spec().traits().mustEqual() == null) {
                    assertThat(view.shows(item)).as(item.path().pointer()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void showingAValueChangesNothingInIt(Schema schema) {
        FormModel model = model(schema);
        runOnFx(() -> view(model, Locale.ENGLISH));

        assertThat(model.marks().dirty()).isFalse();
        assertThat(model.marks().problems()).isEmpty();
    }

    @Test
    void whatIsTypedReachesTheValueAndWhatChangesElsewhereIsShown() {
        FormModel model = SampleSchema.model("{}");
        FormView view = onFx(() -> view(model, Locale.ENGLISH));
        TextField name = onFx(() -> (TextField) view.lookup("#field-name"));

        runOnFx(() -> name.setText("chat"));
        assertThat(model.get(FieldPath.of("name"))).isEqualTo(TextNode.valueOf("chat"));

        runOnFx(() -> model.edit("{\"name\":\"other\"}"));
        String shown = onFx(() -> name.getText());
        assertThat(shown).isEqualTo("other");
    }

    private static FormModel model(Schema schema) {
        return new FormModel(
                schema.root(),
                Json.object(),
                value -> SchemaValidator.validate(schema, value),
                Debounce.NONE,
                List.of());
    }

    private static FormView view(FormModel model, Locale language) {
        var view =
                new FormView(
                        model,
                        new Messages(language),
                        References.NONE,
                        new Unfolded(),
                        "General",
                        Set.of(),
                        "");
        var _ = new Scene(view, 900, 700);
        view.applyCss();
        view.layout();
        return view;
    }

    /// The fields that are on the page at once: those in records that are null come with these.
    private static List<Item> leaves(Struct struct, FieldPath at) {
        var leaves = new ArrayList<Item>();
        for (FieldSpec field : struct.fields()) {
            var item = new Item(field, at.child(field.name()));
            if (field instanceof Struct inner) {
                leaves.addAll(leaves(inner, item.path()));
            } else {
                leaves.add(item);
            }
        }
        return leaves;
    }
}
