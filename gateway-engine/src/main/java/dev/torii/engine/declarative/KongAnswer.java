package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `/config` says of a configuration that it refuses: faults in the shape of the document, or
/// gathered by entity.
public final class KongAnswer {

    private KongAnswer() {}

    /// The `fields` of the answer: they mirror the document, with null for what is right.
    public static ObjectNode fields(List<ConfigFault> faults) {
        ObjectNode fields = Json.object();
        for (ConfigFault fault : faults) {
            if (fault.path().isEmpty() && fault.owner() == null) {
                fields.put(
                        "error",
                        "failed parsing declarative configuration: "
                                + (fault.message().equals(DocumentText.NO_OBJECT)
                                        ? fault.message()
                                        : fault.sentence()));
            } else {
                put(fields, fault.kongPath(), fault.message());
            }
        }
        return fields;
    }

    /// The same of the faults that belong to no entity.
    public static ObjectNode fieldsOfNoEntity(List<ConfigFault> faults) {
        return fields(faults.stream().filter(fault -> fault.owner() == null).toList());
    }

    private static void put(JsonNode node, List<String> path, String message) {
        String step = path.getFirst();
        if (step.equals(Violation.ENTITY) && node instanceof ObjectNode object) {
            object.withArray(Violation.ENTITY).add(message);
            return;
        }
        if (path.size() == 1) {
            if (child(node, step).isMissingNode()) {
                set(node, step, Json.MAPPER.valueToTree(message));
            }
            return;
        }
        JsonNode child = child(node, step);
        if (child.isMissingNode()) {
            child = isIndex(path.get(1)) ? Json.array() : Json.object();
            set(node, step, child);
        }
        if (child.isContainerNode()) {
            put(child, path.subList(1, path.size()), message);
        }
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.length() < 9 && step.chars().allMatch(Character::isDigit);
    }

    private static JsonNode child(JsonNode node, String step) {
        JsonNode child =
                node.isArray() && isIndex(step)
                        ? node.path(Integer.parseInt(step) - 1)
                        : node.path(step);
        return child.isNull() ? Json.object().path("") : child;
    }

    private static void set(JsonNode node, String step, JsonNode value) {
        if (node instanceof ArrayNode array && isIndex(step)) {
            int index = Integer.parseInt(step) - 1;
            while (array.size() <= index) {
                array.add(NullNode.getInstance());
            }
            array.set(index, value);
        } else if (node instanceof ObjectNode object) {
            object.set(step, value);
        }
    }

    /// The faults by entity, each with the entity as the file has it.
    public static ArrayNode flattened(List<ConfigFault> faults) {
        Map<FileEntity, List<ConfigFault>> byEntity = new LinkedHashMap<>();
        for (ConfigFault fault : faults) {
            if (fault.owner() != null) {
                byEntity.computeIfAbsent(fault.owner(), owner -> new ArrayList<>()).add(fault);
            }
        }
        ArrayNode flattened = Json.array();
        byEntity.forEach((entity, own) -> flattened.add(entry(entity, own)));
        return flattened;
    }

    private static ObjectNode entry(FileEntity entity, List<ConfigFault> faults) {
        ObjectNode entry = Json.object();
        EntityKind kind = entity.kind();
        entry.put("entity_type", kind.singular());
        String id = entity.json().path("id").asText("");
        if (Format.isUuid(id)) {
            entry.put("entity_id", id);
        }
        String name = entity.json().path("name").asText("");
        if (entity.json().path("name").isTextual() && !name.isEmpty()) {
            entry.put("entity_name", name);
        }
        JsonNode tags = entity.json().path("tags");
        if (tags.isArray() && tags.valueStream().allMatch(JsonNode::isTextual)) {
            entry.set("entity_tags", tags);
        }
        ObjectNode shown = entity.json().deepCopy();
        FileEntity parent = entity.parent();
        if (parent != null && entity.parentField() != null) {
            String parentId = parent.json().path("id").asText("");
            if (Format.isUuid(parentId)) {
                shown.putObject(entity.parentField()).put("id", parentId);
            }
        }
        entry.set("entity", shown);
        ArrayNode errors = entry.putArray("errors");
        for (ConfigFault fault : faults) {
            List<String> field = fault.path().subList(entity.path().size(), fault.path().size());
            if (field.isEmpty() || field.getLast().equals(Violation.ENTITY)) {
                errors.addObject().put("type", "entity").put("message", fault.message());
            } else {
                errors.addObject()
                        .put("type", "field")
                        .put("field", String.join(".", field))
                        .put("message", fault.message());
            }
        }
        return entry;
    }
}
