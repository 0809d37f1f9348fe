package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Schema;

/// What a request's body says.
sealed interface Input {

    /// The body as an object; a form is read the way the schema asks for.
    ObjectNode under(Schema schema);

    record Json(ObjectNode json) implements Input {

        @Override
        public ObjectNode under(Schema schema) {
            return json.deepCopy();
        }
    }

    record Form(FormTree tree) implements Input {

        @Override
        public ObjectNode under(Schema schema) {
            return tree.toJson(schema.root());
        }
    }
}
