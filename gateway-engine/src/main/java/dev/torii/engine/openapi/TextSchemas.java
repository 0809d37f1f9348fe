package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts, with their patterns as far as every reader of JSON Schema understands them.
final class TextSchemas {

    /// Groups other than plain and looking ones, possessive quantifiers, and classes and anchors
    /// that only Java has.
    private static final Pattern ONLY_JAVA =
            Pattern.compile("\\(\\?(?![:=!]|<[=!])|[*+?}]\\+|\\\\[pPQEAGZzhHRXN]|&&|\\[[^\\]]*\\[");

    private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}/-]");

    private TextSchemas() {}

    static ObjectNode of(FieldSpec.Text text) {
        ObjectNode schema = plain(text);
        if (!text.traits().referenceable() || schema.size() == 1) {
            return schema;
        }
        ObjectNode either = Json.object();
        either.putArray("anyOf")
                .add(schema)
                .addObject()
                .put("type", "string")
                .put("pattern", "^\\{vault://.*\\}$");
        return either;
    }

    private static ObjectNode plain(FieldSpec.Text text) {
        ObjectNode schema = Json.object().put("type", "string");
        if (!text.oneOf().isEmpty()) {
            text.oneOf().forEach(schema.putArray("enum")::add);
            return schema;
        }
        if (!text.notOneOf().isEmpty()) {
            text.notOneOf().forEach(schema.putObject("not").putArray("enum")::add);
        }
        if (text.lenMin() > 0) {
            schema.put("minLength", text.lenMin());
        }
        if (text.lenMax() < Integer.MAX_VALUE) {
            schema.put("maxLength", text.lenMax());
        }
        List<ObjectNode> patterns = new ArrayList<>();
        String start = text.startsWith();
        if (start != null) {
            patterns.add(pattern("^" + SPECIAL.matcher(start).replaceAll("\\\\$0")));
        }
        ecma(text.match()).ifPresent(match -> patterns.add(pattern(match)));
        text.forbidden()
                .forEach(forbidden ->
                        ecma(forbidden.pattern())
                                .ifPresent(found -> {
                                    ObjectNode not = Json.object();
                                    not.set("not", pattern(found).put("type", "string"));
                                    patterns.add(not);
                                }));
        Format format = text.format();
        if (format != null) {
            format(schema, format, patterns);
        }
        if (patterns.size() == 1) {
            schema.setAll(patterns.getFirst());
        } else if (!patterns.isEmpty()) {
            ArrayNode all = schema.putArray("allOf");
            patterns.forEach(all::add);
        }
        return schema;
    }

    private static ObjectNode pattern(String regex) {
        return Json.object().put("pattern", regex);
    }

    private static Optional<String> ecma(@Nullable Pattern pattern) {
        return pattern == null || ONLY_JAVA.matcher(pattern.pattern()).find()
                ? Optional.empty()
                : Optional.of(pattern.pattern());
    }

    /// Formats that JSON Schema has no name for are told by patterns, as far as they go.
    private static void format(ObjectNode schema, Format format, List<ObjectNode> patterns) {
        switch (format) {
            case UUID -> schema.put("format", "uuid");
            case URL -> schema.put("format", "uri");
            case REGEX -> schema.put("format", "regex");
            case PATH -> patterns.add(pattern("^/"));
            case ROUTE_PATH -> patterns.add(pattern("^~?/"));
            case HTTP_METHOD -> patterns.add(pattern("^[A-Z]+$"));
            case HEADER_NAME -> patterns.add(pattern("^[A-Za-z0-9_-]+$"));
            case UTF8_NAME ->
                    patterns.add(
                            pattern("^[^\\u0000-,/:-@\\u005b-\\u005e`\\u007b-\\u007d\\u007f]*$"));
            case TAG -> patterns.add(pattern("^[^\\u0000-\\u001f,/\\u007f]*$"));
            case FILE_NAME -> patterns.add(pattern("^[^\\u0000-\\u001f\\u007f]*$"));
            default -> schema.put("x-format", format.name().toLowerCase(Locale.ROOT));
        }
    }
}
