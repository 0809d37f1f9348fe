package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.FieldSpec;
import java.util.List;

/// One field of a form that stands for several fields of the entity: a URL for protocol, host, port
/// and path. The form edits both, each following the other; only the parts are stored.
public interface Shorthand {

    /// The field that the form shows; its name is the key in the edited value.
    FieldSpec field();

    /// The names of the fields that it stands for.
    List<String> parts();

    /// What the shorthand reads when the parts are these; JSON null while they say nothing.
    JsonNode join(ObjectNode value);

    /// Sets the parts from the shorthand's text.
    ///
    /// @return false when the text cannot be read; then the parts are as they were
    boolean split(JsonNode text, ObjectNode value);
}
