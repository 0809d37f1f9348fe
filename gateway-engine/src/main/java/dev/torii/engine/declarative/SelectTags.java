package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Tags that say which entities a file is about.
final class SelectTags {

    private SelectTags() {}

    /// Whether an entity bears all of them.
    static boolean on(JsonNode entity, List<String> tags) {
        return tags.stream().allMatch(tag -> isIn(entity.path("tags"), tag));
    }

    static boolean isIn(JsonNode tags, String tag) {
        return tags.valueStream().anyMatch(own -> tag.equals(own.textValue()));
    }
}
