package dev.torii.model.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The fields and rules of one entity kind, or of one plugin's `config`.
///
/// @param name the kind's schema name or the plugin's name
/// @param root all fields and entity-wide checks, as one record
/// @param json the same in the shape that `/schemas/…` serves
public record Schema(String name, FieldSpec.Struct root, ObjectNode json) {

    public List<FieldSpec> fields() {
        return root.fields();
    }
}
