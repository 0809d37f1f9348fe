package dev.torii.model.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a form shows a field; read from `x_torii` in a schema and ignored by validation.
///
/// @param title label by language tag (`en`, `ja`); empty means the humanised key
/// @param help sentence under the field by language tag
/// @param group heading that the field stands under; null is the first group
/// @param advanced folded away until asked for
/// @param widget `prompt`, `regex`, `code`, or null for the natural control of the kind
/// @param placeholder shown in an empty field
/// @param unit shown at the right edge: `ms`, `tokens`, `bytes`
/// @param suggestions values offered, while any other is allowed
public record FormHints(
        Map<String, String> title,
        Map<String, String> help,
        @Nullable String group,
        boolean advanced,
        @Nullable String widget,
        @Nullable String placeholder,
        @Nullable String unit,
        List<String> suggestions) {

    public static final FormHints NONE =
            new FormHints(Map.of(), Map.of(), null, false, null, null, null, List.of());
}
