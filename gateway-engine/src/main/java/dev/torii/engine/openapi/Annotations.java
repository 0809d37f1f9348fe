package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.SchemaValidator;

/// What a schema tells people and forms, beside what it checks.
final class Annotations {

    private Annotations() {}

    static void of(ObjectNode schema, FieldSpec field, JsonNode shape, FieldSchemas.Use use) {
        var traits = field.traits();
        String title = traits.hints().title().get("en");
        if (title != null) {
            schema.put("title", title);
        }
        String help =
                traits.description() == null
                        ? traits.hints().help().get("en")
                        : traits.description();
        if (help != null) {
            schema.put("description", help);
        }
        if (shape.hasNonNull("deprecation")) {
            schema.put("deprecated", true);
        }
        String placeholder = traits.hints().placeholder();
        if (field instanceof FieldSpec.Text
                && placeholder != null
                && SchemaValidator.validate(field, TextNode.valueOf(placeholder)).isEmpty()) {
            schema.putArray("examples").add(placeholder);
        }
        if (use == FieldSchemas.Use.READ && shape.path("x_torii") instanceof ObjectNode hints) {
            schema.set("x-torii", hints);
        }
        ObjectNode kong = Json.object();
        flag(kong, "unique", traits.unique());
        flag(kong, "encrypted", traits.encrypted());
        flag(kong, "referenceable", traits.referenceable());
        flag(kong, "auto", traits.auto());
        if (field instanceof FieldSpec.Reference reference) {
            kong.put("reference", reference.target());
        }
        if (!kong.isEmpty()) {
            schema.set("x-kong", kong);
        }
    }

    private static void flag(ObjectNode kong, String name, boolean value) {
        if (value) {
            kong.put(name, true);
        }
    }
}
