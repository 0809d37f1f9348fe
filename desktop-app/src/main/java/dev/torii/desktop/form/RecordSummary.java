package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.FieldSpec.Text;
import java.util.ArrayList;
import java.util.List;

/// What a record holds, in one line: what was chosen in it, and the first text, or else the first
/// list of texts.
///
/// @param choices also those that records within it require
record RecordSummary(List<String> choices, String text) {

    static RecordSummary of(Struct record, JsonNode value) {
        var choices = new ArrayList<String>();
        String text = "";
        String list = "";
        for (FieldSpec field : record.fields()) {
            JsonNode part = value.path(field.name());
            if (isChoice(field)) {
                addText(part, choices);
            } else if (field instanceof Struct inner) {
                inner.fields().stream()
                        .filter(each -> isChoice(each) && each.traits().required())
                        .forEach(each -> addText(part.path(each.name()), choices));
            } else if (field instanceof Sequence) {
                list = list.isEmpty() ? joined(part) : list;
            } else if (text.isEmpty() && isPlain(field) && part.isValueNode() && !part.isNull()) {
                text = part.asText().lines().findFirst().orElse("");
            }
        }
        return new RecordSummary(List.copyOf(choices), text.isEmpty() ? list : text);
    }

    private static boolean isChoice(FieldSpec field) {
        return field instanceof Text text && !text.oneOf().isEmpty();
    }

    private static boolean isPlain(FieldSpec field) {
        return !field.traits().encrypted();
    }

    private static void addText(JsonNode value, List<String> texts) {
        if (value.isTextual() && !value.textValue().isEmpty()) {
            texts.add(value.textValue());
        }
    }

    private static String joined(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(each -> addText(each, texts));
        return String.join(", ", texts);
    }

    boolean isEmpty() {
        return choices.isEmpty() && text.isEmpty();
    }
}
