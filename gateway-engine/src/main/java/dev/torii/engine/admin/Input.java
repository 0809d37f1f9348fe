package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Schema;
import org.jspecify.annotations.Nullable;

/// What a request's body says.
sealed interface Input {

    /// The body as an object; a form is read the way the schema asks for.
    ObjectNode under(Schema schema);

    /// A top-level text, without knowing the schema.
    @Nullable String text(String field);

    record Json(ObjectNode json) implements Input {

        @Override
        public ObjectNode under(Schema schema) {
            return json.deepCopy();
        }

        @Override
        public @Nullable String text(String field) {
            JsonNode value = json.get(field);
            return value == null ? null : value.textValue();
        }
    }

    record Form(FormTree tree) implements Input {

        @Override
        public ObjectNode under(Schema schema) {
            return tree.toJson(schema.root());
        }

        @Override
        public @Nullable String text(String field) {
            return tree.text(field);
        }
    }
}
