package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.schema.FieldSpec;

/// What an empty field shows.
final class Prompts {

    private Prompts() {}

    static String of(FieldSpec spec) {
        String placeholder = spec.traits().hints().placeholder();
        if (placeholder != null) {
            return placeholder;
        }
        JsonNode initial = spec.traits().defaultValue();
        return initial == null || initial.isContainerNode() ? "" : initial.asText();
    }
}
