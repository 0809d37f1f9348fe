package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What decK adds to the format: tags that select what a file speaks of, values that entities have
/// unless they say otherwise, and settings of plugins that several share.
final class DeckExtras {

    static final Set<String> KEYS = Set.of("_info", "_workspace", "_konnect", "_plugin_configs");

    private static final String SHARED = "_config";
    private static final String TAGS = "tags";

    private final ObjectNode document;
    private final List<String> selectTags;
    private final Faults faults;

    DeckExtras(ObjectNode document, List<String> moreTags, Faults faults) {
        this.document = document;
        this.faults = faults;
        var tags = new LinkedHashSet<>(moreTags);
        tags.addAll(tags(document.path("_info").path("select_tags")));
        this.selectTags = List.copyOf(tags);
    }

    private List<String> tags(JsonNode given) {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : given) {
            if (tag.isTextual()) {
                tags.add(tag.textValue());
            } else {
                faults.add(List.of("_info", "select_tags"), "expected an array of strings");
            }
        }
        return tags;
    }

    List<String> selectTags() {
        return selectTags;
    }

    /// What Torii makes of a key, when that is less than decK would.
    Optional<String> note(String key) {
        return switch (key) {
            case "_workspace" ->
                    document.path(key).asText().equals("default")
                            ? Optional.empty()
                            : Optional.of("_workspace: passed over, since Torii has one workspace");
            case "_konnect" ->
                    Optional.of("_konnect: passed over, since Torii has no control planes");
            case "_info" ->
                    document.path(key).has("default_lookup_tags")
                            ? Optional.of(
                                    "_info.default_lookup_tags: passed over; references find any"
                                            + " entity of the file, and with select_tags any that"
                                            + " is stored")
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    void apply(FileEntity entity) {
        ObjectNode json = entity.json();
        if (entity.kind() == EntityKind.PLUGINS) {
            shareSettings(entity);
        }
        JsonNode defaults = document.path("_info").path("defaults").path(entity.kind().singular());
        if (defaults instanceof ObjectNode values) {
            fillIn(json, values);
        }
        if (!selectTags.isEmpty()) {
            ArrayNode tags = json.get(TAGS) instanceof ArrayNode given ? given : Json.array();
            for (String tag : selectTags) {
                if (!SelectTags.isIn(tags, tag)) {
                    tags.add(tag);
                }
            }
            json.set(TAGS, tags);
        }
    }

    private void shareSettings(FileEntity plugin) {
        JsonNode name = plugin.json().remove(SHARED);
        if (name == null || name.isNull()) {
            return;
        }
        if (document.path("_plugin_configs").get(name.asText()) instanceof ObjectNode shared) {
            ObjectNode config =
                    plugin.json().get("config") instanceof ObjectNode own ? own : Json.object();
            fillIn(config, shared);
            plugin.json().set("config", config);
        } else {
            faults.add(
                    plugin,
                    List.of(SHARED),
                    name.asText() + " (expected: a name in _plugin_configs)");
        }
    }

    /// Values that are there count over those that fill in, field by field.
    private static void fillIn(ObjectNode into, ObjectNode values) {
        for (var entry : values.properties()) {
            JsonNode own = into.get(entry.getKey());
            if (own == null) {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            } else if (own instanceof ObjectNode inner
                    && entry.getValue() instanceof ObjectNode more) {
                fillIn(inner, more);
            }
        }
    }
}
