package dev.torii.desktop.form;

import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads violations: which fields a rule over several fields names.
final class Violations {

    static final String REQUIRED = "required field missing";
    static final String URL = "missing host in url";

    private static final Pattern QUOTED = Pattern.compile("'([A-Za-z0-9_.]+)'");

    private Violations() {}

    /// The field of the violation; a rule over a record is shown at each field that it names and at
    /// the record itself.
    static Set<FieldPath> fields(Struct root, Violation violation) {
        var path = new FieldPath(violation.path());
        var fields = new LinkedHashSet<FieldPath>();
        fields.add(path);
        if (path.last().equals(Violation.ENTITY)) {
            var quoted = QUOTED.matcher(violation.message());
            while (quoted.find()) {
                FieldPath named = path.parent();
                for (String step : quoted.group(1).split("\\.", -1)) {
                    named = named.child(step);
                }
                if (find(root, named) != null) {
                    fields.add(named);
                }
            }
        }
        return fields;
    }

    /// The field at this place, going through the elements of lists.
    static @Nullable FieldSpec find(Struct root, FieldPath path) {
        List<String> steps = new ArrayList<>(path.steps());
        FieldSpec at = root;
        for (String step : steps) {
            at =
                    switch (at) {
                        case Struct struct -> struct.field(step);
                        case Sequence sequence -> sequence.element();
                        case FieldSpec.Mapping mapping -> mapping.values();
                        case FieldSpec.Text _,
                                FieldSpec.Numeric _,
                                FieldSpec.Flag _,
                                FieldSpec.Reference _,
                                FieldSpec.Opaque _ ->
                                null;
                    };
            if (at == null) {
                return null;
            }
        }
        return at;
    }
}
