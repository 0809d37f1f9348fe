package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `/tags` and `/tags/{tag}`: which entities bear which tags.
final class TagResource {

    static final String NAME = "tags";

    /// What a row is, for those who ask as they ask of entities.
    static final Schema SCHEMA = Schema.load(TagResource.class, "tag.json");

    private final ConfigStore store;

    TagResource(ConfigStore store) {
        this.store = store;
    }

    Answer all(AdminCall call) {
        return page(null, call, "/tags");
    }

    Answer of(String tag, AdminCall call) {
        return page(tag, call, "/tags/" + UrlEncoded.encode(tag));
    }

    /// @param wanted null for all tags
    private Answer page(@Nullable String wanted, AdminCall call, String path) {
        ConfigSnapshot snapshot = store.snapshot();
        List<ObjectNode> rows = new ArrayList<>();
        for (EntityKind kind : EntityKind.values()) {
            for (ObjectNode entity : snapshot.all(kind)) {
                for (JsonNode tag : entity.path(NAME)) {
                    if (wanted == null || wanted.equals(tag.textValue())) {
                        rows.add(row(kind, entity.path("id").asText(), tag.asText()));
                    }
                }
            }
        }
        rows.sort(Comparator.comparing(TagResource::key));
        return Answer.ok(Listing.plain(call.query()).page(rows.stream(), TagResource::key, path));
    }

    private static ObjectNode row(EntityKind kind, String id, String tag) {
        return Json.object()
                .put("tag", tag)
                .put("entity_name", kind.schemaName())
                .put("entity_id", id);
    }

    private static String key(ObjectNode row) {
        return row.path("entity_id").asText()
                + " "
                + row.path("entity_name").asText()
                + " "
                + row.path("tag").asText();
    }
}
