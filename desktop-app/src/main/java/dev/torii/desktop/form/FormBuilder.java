package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Flag;
import dev.torii.model.schema.FieldSpec.Mapping;
import dev.torii.model.schema.FieldSpec.Numeric;
import dev.torii.model.schema.FieldSpec.Opaque;
import dev.torii.model.schema.FieldSpec.Reference;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.FieldSpec.Text;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Chooses the control for each kind of field. Whatever a schema says gets one: nothing is hidden
/// or dropped.
final class FormBuilder {

    /// A text that may be longer than this gets several lines.
    private static final int LONG_TEXT = 300;

    private FormBuilder() {}

    static FieldControl control(Form form, FieldSpec spec, FieldPath path) {
        return switch (spec) {
            case Text text -> text(form, text, path);
            case Numeric number when !number.oneOf().isEmpty() ->
                    new ChoiceControl(form, number, path, numbers(number.oneOf()));
            case Numeric number -> new NumberControl(form, number, path);
            case Flag flag -> flag(form, flag, path);
            case Sequence sequence -> sequence(form, sequence, path);
            case Mapping mapping when isPlain(mapping.values()) ->
                    new MapControl(form, mapping, path);
            case Mapping mapping -> new JsonControl(form, mapping, path);
            case Struct struct -> new RecordControl(form, struct, path);
            case Reference reference -> new ReferenceControl(form, reference, path);
            case Opaque opaque -> new JsonControl(form, opaque, path);
        };
    }

    private static FieldControl text(Form form, Text text, FieldPath path) {
        String widget = text.traits().hints().widget();
        if (text.traits().encrypted()) {
            return new SecretControl(form, text, path);
        }
        if (!text.oneOf().isEmpty()) {
            return new ChoiceControl(form, text, path, texts(text.oneOf()));
        }
        if (!text.traits().hints().suggestions().isEmpty()) {
            return new SuggestControl(form, text, path);
        }
        boolean severalLines =
                "prompt".equals(widget)
                        || "code".equals(widget)
                        || (widget == null
                                && text.lenMax() >= LONG_TEXT
                                && text.lenMax() < Integer.MAX_VALUE);
        return severalLines
                ? new PromptControl(form, text, path)
                : new TextControl(form, text, path);
    }

    private static FieldControl flag(Form form, Flag flag, FieldPath path) {
        boolean unsetIsMeant = !flag.traits().required() && flag.traits().defaultValue() == null;
        if (!unsetIsMeant) {
            return new ToggleControl(form, flag, path);
        }
        var choices = new LinkedHashMap<String, JsonNode>();
        choices.put(form.text("form.on"), BooleanNode.TRUE);
        choices.put(form.text("form.off"), BooleanNode.FALSE);
        return new ChoiceControl(form, flag, path, choices);
    }

    private static FieldControl sequence(Form form, Sequence sequence, FieldPath path) {
        FieldSpec element = sequence.element();
        if (element instanceof Text text && sequence.set() && !text.oneOf().isEmpty()) {
            return new ChipsControl(form, sequence, path, text.oneOf());
        }
        if (element instanceof Text text
                && sequence.set()
                && !text.traits().hints().suggestions().isEmpty()) {
            return new ChipsControl(form, sequence, path, text.traits().hints().suggestions());
        }
        if (element instanceof Text text && sequence.set() && !text.traits().encrypted()) {
            return new TagsControl(form, sequence, path);
        }
        return switch (element) {
            case Struct record -> new RecordsControl(form, sequence, record, path);
            case Text _, Numeric _, Flag _, Reference _ -> new RowsControl(form, sequence, path);
            case Sequence _, Mapping _, Opaque _ -> new JsonControl(form, sequence, path);
        };
    }

    private static boolean isPlain(FieldSpec values) {
        return switch (values) {
            case Text _, Numeric _, Flag _, Reference _ -> true;
            case Sequence list -> list.element() instanceof Text;
            case Mapping _, Struct _, Opaque _ -> false;
        };
    }

    private static Map<String, JsonNode> texts(List<String> values) {
        var choices = new LinkedHashMap<String, JsonNode>();
        values.forEach(value -> choices.put(value, TextNode.valueOf(value)));
        return choices;
    }

    private static Map<String, JsonNode> numbers(List<BigDecimal> values) {
        var choices = new LinkedHashMap<String, JsonNode>();
        values.forEach(value -> choices.put(value.toPlainString(), DecimalNode.valueOf(value)));
        return choices;
    }
}
