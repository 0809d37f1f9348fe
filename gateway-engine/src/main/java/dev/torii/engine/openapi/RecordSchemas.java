package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schemas of what the mapper writes for records: every component is there, and those that are
/// nullable may be null.
final class RecordSchemas {

    private final ApiDocument api;

    RecordSchemas(ApiDocument api) {
        this.api = api;
    }

    ObjectNode reference(Class<?> type) {
        return api.schema(name(type), () -> schema(type));
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : name(outer) + ".")
                + SnakeCaseStrategy.INSTANCE.translate(type.getSimpleName());
    }

    private ObjectNode schema(Class<?> type) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
            properties.set(name, value(component.getAnnotatedType()));
            required.add(name);
        }
        return schema.put("additionalProperties", false);
    }

    private ObjectNode value(AnnotatedType annotated) {
        ObjectNode schema = plain(annotated);
        return annotated.isAnnotationPresent(Nullable.class) ? Nulls.allowed(schema) : schema;
    }

    private ObjectNode plain(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (type instanceof ParameterizedType parameterized) {
            AnnotatedType[] arguments =
                    ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
            Type raw = parameterized.getRawType();
            if (raw == List.class) {
                ObjectNode list = Json.object().put("type", "array");
                list.set("items", value(arguments[0]));
                return list;
            }
            if (raw == Map.class) {
                ObjectNode map = Json.object().put("type", "object");
                map.set("additionalProperties", value(arguments[1]));
                return map;
            }
        } else if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return reference(plain);
            }
            if (plain == String.class) {
                return Json.object().put("type", "string");
            }
            if (plain.isEnum()) {
                ObjectNode word = Json.object().put("type", "string");
                var words = word.putArray("enum");
                for (Object constant : plain.getEnumConstants()) {
                    words.add(Json.MAPPER.<JsonNode>valueToTree(constant));
                }
                return word;
            }
            if (plain == boolean.class || plain == Boolean.class) {
                return Json.object().put("type", "boolean");
            }
            if (plain == int.class || plain == Integer.class) {
                return Json.object().put("type", "integer").put("format", "int32");
            }
            if (plain == long.class || plain == Long.class) {
                return Json.object().put("type", "integer").put("format", "int64");
            }
            if (plain == double.class || plain == Double.class || plain == BigDecimal.class) {
                return Json.object().put("type", "number");
            }
            if (JsonNode.class.isAssignableFrom(plain)) {
                return Json.object();
            }
        }
        throw new IllegalArgumentException("no schema of " + type);
    }
}
