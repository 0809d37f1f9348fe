package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One field of a [Schema]. The kinds are those of Kong's schema language (`string`,
/// `number`/`integer`, `boolean`, `array`/`set`, `map`, `record`, `foreign`).
public sealed interface FieldSpec {

    /// The key in JSON; empty for the element of a list and the keys and values of a map.
    String name();

    Traits traits();

    /// `string`. All constraints are optional; `format` names a rule of [Format].
    ///
    /// @param lenMin at least 1 unless the schema says `len_min`: empty texts are refused
    /// @param lenMax `Integer.MAX_VALUE` without a limit
    /// @param forbidden patterns that must not occur, in order, each with its message
    record Text(
            String name,
            Traits traits,
            List<String> oneOf,
            List<String> notOneOf,
            int lenMin,
            int lenMax,
            @Nullable String startsWith,
            List<Forbidden> forbidden,
            @Nullable Pattern match,
            @Nullable Format format)
            implements FieldSpec {}

    /// One entry of `match_none`.
    record Forbidden(Pattern pattern, String error) {}

    /// `number` or `integer`; bounds are inclusive, `gt` is exclusive.
    record Numeric(
            String name,
            Traits traits,
            boolean integer,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable BigDecimal gt,
            List<BigDecimal> oneOf)
            implements FieldSpec {}

    /// `boolean`.
    record Flag(String name, Traits traits) implements FieldSpec {}

    /// `array` (duplicates kept) or `set` (duplicates dropped, order kept).
    record Sequence(
            String name, Traits traits, boolean set, FieldSpec element, int lenMin, int lenMax)
            implements FieldSpec {}

    /// `map`: free string keys, replaced as a whole on PATCH.
    record Mapping(String name, Traits traits, FieldSpec keys, FieldSpec values)
            implements FieldSpec {}

    /// `record`: a nested object with checks of its own; merged field by field on PATCH.
    record Struct(String name, Traits traits, List<FieldSpec> fields, List<EntityCheck> checks)
            implements FieldSpec {

        public @Nullable FieldSpec field(String name) {
            for (FieldSpec field : fields) {
                if (field.name().equals(name)) {
                    return field;
                }
            }
            return null;
        }
    }

    /// `foreign`: `{"id": …}` of an entity of kind `target`.
    record Reference(String name, Traits traits, String target, boolean cascade)
            implements FieldSpec {}

    /// A `type` that this version does not know. Any value passes, and forms show it as JSON, so
    /// that a schema of a newer engine loses nothing.
    ///
    /// @param type what the schema calls it
    record Opaque(String name, Traits traits, String type) implements FieldSpec {}

    /// What every kind of field may say.
    ///
    /// @param required null and absent are refused; records are unless they say otherwise
    /// @param defaultValue what an absent field becomes; null when it becomes null
    /// @param auto the server fills it: `id`, `created_at`, `updated_at`, a generated key
    /// @param unique no two entities of the kind share the value
    /// @param encrypted sealed at rest, masked in logs and events
    /// @param referenceable may hold a `{vault://…}` reference
    /// @param mustEqual the only value allowed, a JSON null for a field that must stay empty; null
    ///   when any value is
    /// @param error what a failed constraint says instead of its own sentence
    record Traits(
            boolean required,
            @Nullable JsonNode defaultValue,
            boolean auto,
            boolean unique,
            boolean encrypted,
            boolean referenceable,
            @Nullable JsonNode mustEqual,
            @Nullable String error,
            @Nullable String description,
            FormHints hints) {

        public static final Traits NONE =
                new Traits(
                        false, null, false, false, false, false, null, null, null, FormHints.NONE);
    }
}
