package dev.torii.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns the `fields` shape into specs. It knows a written subset of Kong's language; the engine
/// refuses the rest, so that no rule of a schema is silently not enforced.
final class SchemaReader {

    private static final Set<String> COMMON =
            Set.of(
                    "type",
                    "required",
                    "default",
                    "auto",
                    "unique",
                    "encrypted",
                    "referenceable",
                    "eq",
                    "err",
                    "description",
                    "deprecation",
                    "x_torii");

    private static final Map<String, Set<String>> OF_TYPE =
            Map.ofEntries(
                    Map.entry(
                            "string",
                            Set.of(
                                    "one_of",
                                    "not_one_of",
                                    "len_min",
                                    "len_max",
                                    "len_eq",
                                    "starts_with",
                                    "match",
                                    "match_none",
                                    "format",
                                    "uuid",
                                    "is_regex")),
                    Map.entry("number", Set.of("between", "gt", "one_of", "timestamp")),
                    Map.entry("integer", Set.of("between", "gt", "one_of", "timestamp")),
                    Map.entry("boolean", Set.of()),
                    Map.entry("array", Set.of("elements", "len_min", "len_max", "len_eq")),
                    Map.entry("set", Set.of("elements", "len_min", "len_max", "len_eq")),
                    Map.entry("map", Set.of("keys", "values")),
                    Map.entry("record", Set.of("fields", "entity_checks", "shorthand_fields")),
                    Map.entry("foreign", Set.of("reference", "on_delete")));

    private static final Set<String> ROOT =
            Set.of("fields", "entity_checks", "shorthand_fields", "cache_key", "x_torii");

    private final String schema;
    private final boolean strict;

    /// @param strict whether to refuse unknown types and attributes rather than pass over them
    SchemaReader(String schema, boolean strict) {
        this.schema = schema;
        this.strict = strict;
    }

    boolean strict() {
        return strict;
    }

    FieldSpec.Struct root(ObjectNode shape) {
        onlyKnown(shape, "", ROOT, Set.of());
        var hints = hints(shape.get("x_torii"), "/x_torii");
        var traits =
                new FieldSpec.Traits(
                        true, null, false, false, false, false, null, null, null, hints);
        return struct("", traits, shape, "");
    }

    private FieldSpec.Struct struct(
            String name, FieldSpec.Traits traits, JsonNode shape, String at) {
        List<FieldSpec> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        JsonNode entries = shape.path("fields");
        if (!entries.isArray()) {
            throw fault(at + "/fields", "expected an array");
        }
        for (int i = 0; i < entries.size(); i++) {
            String place = at + "/fields/" + i;
            if (entries.get(i).size() != 1) {
                throw fault(place, "expected an object with one key");
            }
            var entry = entries.get(i).properties().iterator().next();
            if (!names.add(entry.getKey())) {
                throw fault(place, "'" + entry.getKey() + "' is there twice");
            }
            fields.add(field(entry.getKey(), entry.getValue(), place + "/" + entry.getKey()));
        }
        List<EntityCheck> checks =
                new EntityCheckReader(this).checks(shape.get("entity_checks"), at);
        return new FieldSpec.Struct(name, traits, List.copyOf(fields), checks);
    }

    private FieldSpec field(String name, JsonNode spec, String at) {
        String type = text(spec, "type", at);
        Set<String> own = type == null ? null : OF_TYPE.get(type);
        if (type != null && own == null && !strict) {
            return new FieldSpec.Opaque(name, traits(spec, at, false), type);
        }
        if (type == null || own == null) {
            throw fault(
                    at + "/type",
                    "expected one of: "
                            + String.join(", ", OF_TYPE.keySet().stream().sorted().toList()));
        }
        onlyKnown(spec, at, COMMON, own);
        var traits = traits(spec, at, type.equals("record"));
        return switch (type) {
            case "string" -> textField(name, traits, spec, at);
            case "number", "integer" -> numeric(name, traits, spec, at, type.equals("integer"));
            case "boolean" -> new FieldSpec.Flag(name, traits);
            case "array", "set" ->
                    new FieldSpec.Sequence(
                            name,
                            traits,
                            type.equals("set"),
                            field("", child(spec, "elements", at), at + "/elements"),
                            length(spec, "len_min", 0, at),
                            length(spec, "len_max", Integer.MAX_VALUE, at));
            case "map" ->
                    new FieldSpec.Mapping(
                            name,
                            traits,
                            field("", child(spec, "keys", at), at + "/keys"),
                            field("", child(spec, "values", at), at + "/values"));
            case "record" -> struct(name, traits, spec, at);
            default -> reference(name, traits, spec, at);
        };
    }

    private FieldSpec.Text textField(
            String name, FieldSpec.Traits traits, JsonNode spec, String at) {
        List<FieldSpec.Forbidden> forbidden = new ArrayList<>();
        for (JsonNode entry : spec.path("match_none")) {
            Pattern pattern = pattern(entry, "pattern", at + "/match_none");
            String error = text(entry, "err", at + "/match_none");
            if (pattern == null || error == null) {
                throw fault(at + "/match_none", "expected objects with 'pattern' and 'err'");
            }
            forbidden.add(new FieldSpec.Forbidden(pattern, error));
        }
        return new FieldSpec.Text(
                name,
                traits,
                texts(spec, "one_of", at),
                texts(spec, "not_one_of", at),
                length(spec, "len_min", 1, at),
                length(spec, "len_max", Integer.MAX_VALUE, at),
                text(spec, "starts_with", at),
                List.copyOf(forbidden),
                pattern(spec, "match", at),
                format(spec, at));
    }

    private FieldSpec.Numeric numeric(
            String name, FieldSpec.Traits traits, JsonNode spec, String at, boolean integer) {
        JsonNode between = spec.path("between");
        if (!between.isMissingNode()
                && (between.size() != 2
                        || !between.path(0).isNumber()
                        || !between.path(1).isNumber())) {
            throw fault(at + "/between", "expected two numbers");
        }
        List<BigDecimal> oneOf = new ArrayList<>();
        for (JsonNode value : spec.path("one_of")) {
            oneOf.add(number(value, at + "/one_of"));
        }
        JsonNode gt = spec.get("gt");
        return new FieldSpec.Numeric(
                name,
                traits,
                integer,
                between.isMissingNode() ? null : between.path(0).decimalValue(),
                between.isMissingNode() ? null : between.path(1).decimalValue(),
                gt == null ? null : number(gt, at + "/gt"),
                List.copyOf(oneOf));
    }

    private FieldSpec.Reference reference(
            String name, FieldSpec.Traits traits, JsonNode spec, String at) {
        String target = text(spec, "reference", at);
        if (target == null) {
            throw fault(at + "/reference", "required field missing");
        }
        String onDelete = text(spec, "on_delete", at);
        if (onDelete != null && !Set.of("cascade", "restrict").contains(onDelete)) {
            throw fault(at + "/on_delete", "expected one of: cascade, restrict");
        }
        return new FieldSpec.Reference(name, traits, target, "cascade".equals(onDelete));
    }

    private FieldSpec.Traits traits(JsonNode spec, String at, boolean record) {
        JsonNode defaultValue = spec.get("default");
        return new FieldSpec.Traits(
                flag(spec, "required", record, at),
                defaultValue == null || defaultValue.isNull() ? null : defaultValue,
                flag(spec, "auto", false, at),
                flag(spec, "unique", false, at),
                flag(spec, "encrypted", false, at),
                flag(spec, "referenceable", false, at),
                spec.get("eq"),
                text(spec, "err", at),
                text(spec, "description", at),
                hints(spec.get("x_torii"), at + "/x_torii"));
    }

    private FormHints hints(@Nullable JsonNode hints, String at) {
        if (hints == null) {
            return FormHints.NONE;
        }
        onlyKnown(
                hints,
                at,
                Set.of("title", "help", "group", "advanced"),
                Set.of("widget", "placeholder", "unit", "suggestions"));
        return new FormHints(
                languages(hints, "title", at),
                languages(hints, "help", at),
                text(hints, "group", at),
                flag(hints, "advanced", false, at),
                text(hints, "widget", at),
                text(hints, "placeholder", at),
                text(hints, "unit", at),
                texts(hints, "suggestions", at));
    }

    private Map<String, String> languages(JsonNode hints, String key, String at) {
        JsonNode texts = hints.get(key);
        if (texts == null) {
            return Map.of();
        }
        onlyKnown(texts, at + "/" + key, Set.of("en", "ja"), Set.of());
        Map<String, String> byLanguage = new HashMap<>();
        for (var entry : texts.properties()) {
            if (!entry.getValue().isTextual()) {
                throw fault(at + "/" + key + "/" + entry.getKey(), "expected a string");
            }
            byLanguage.put(entry.getKey(), entry.getValue().textValue());
        }
        return Map.copyOf(byLanguage);
    }

    private @Nullable Format format(JsonNode spec, String at) {
        if (flag(spec, "uuid", false, at)) {
            return Format.UUID;
        }
        if (flag(spec, "is_regex", false, at)) {
            return Format.REGEX;
        }
        String name = text(spec, "format", at);
        if (name == null) {
            return null;
        }
        for (Format format : Format.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        if (strict) {
            throw fault(at + "/format", "'" + name + "' is no known format");
        }
        return null;
    }

    private @Nullable Pattern pattern(JsonNode spec, String key, String at) {
        String regex = text(spec, key, at);
        if (regex == null) {
            return null;
        }
        if (!Format.compiles(regex)) {
            throw fault(at + "/" + key, "not a valid regex");
        }
        return Pattern.compile(regex);
    }

    private int length(JsonNode spec, String key, int otherwise, String at) {
        JsonNode value = spec.has("len_eq") ? spec.get("len_eq") : spec.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw fault(at + "/" + key, "expected a length");
        }
        return value.intValue();
    }

    private BigDecimal number(JsonNode value, String at) {
        if (!value.isNumber()) {
            throw fault(at, "expected a number");
        }
        return value.decimalValue();
    }

    private JsonNode child(JsonNode spec, String key, String at) {
        JsonNode value = spec.get(key);
        if (value == null) {
            throw fault(at + "/" + key, "required field missing");
        }
        return value;
    }

    List<String> texts(JsonNode spec, String key, String at) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : spec.path(key)) {
            if (!value.isTextual()) {
                throw fault(at + "/" + key, "expected strings");
            }
            texts.add(value.textValue());
        }
        return List.copyOf(texts);
    }

    @Nullable String text(JsonNode spec, String key, String at) {
        JsonNode value = spec.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw fault(at + "/" + key, "expected a string");
        }
        return value.textValue();
    }

    boolean flag(JsonNode spec, String key, boolean otherwise, String at) {
        JsonNode value = spec.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw fault(at + "/" + key, "expected a boolean");
        }
        return value.booleanValue();
    }

    void onlyKnown(JsonNode node, String at, Set<String> known, Set<String> alsoKnown) {
        if (!node.isObject()) {
            throw fault(at, "expected an object");
        }
        for (var entry : node.properties()) {
            if (strict && !known.contains(entry.getKey()) && !alsoKnown.contains(entry.getKey())) {
                throw fault(at + "/" + entry.getKey(), "unknown attribute");
            }
        }
    }

    IllegalArgumentException fault(String at, String what) {
        return new IllegalArgumentException("schema " + schema + " at " + at + ": " + what);
    }
}
