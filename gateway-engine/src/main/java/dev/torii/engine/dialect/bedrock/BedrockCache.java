package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `cachePoint`s, each behind what it closes. Bedrock takes four of them: of more, the first
/// and the last three stay. Source: Amazon Bedrock's documentation, "Prompt caching".
final class BedrockCache {

    private static final int MOST = 4;

    /// A point in the list that it stands in.
    private record Point(ArrayNode list, ObjectNode json) {}

    private final ModelFamily family;
    private final Losses losses;
    private final List<Point> points = new ArrayList<>();

    BedrockCache(ModelFamily family, Losses losses) {
        this.family = family;
        this.losses = losses;
    }

    /// Ends the list with a point, where the model caches. The lists have to come in the order that
    /// the prompt has: tools, system, messages.
    void mark(ArrayNode list, @Nullable CacheHint hint, boolean tools) {
        if (hint == null) {
            return;
        }
        boolean caches =
                switch (family) {
                    case CLAUDE, UNSAID -> true;
                    case NOVA -> !tools;
                    case MISTRAL, COHERE, GPT, OTHER -> false;
                };
        if (!caches) {
            losses.dropped("cache_control");
            return;
        }
        ObjectNode point = list.addObject();
        ObjectNode json = point.putObject("cachePoint").put("type", "default");
        // Five minutes are the usual, and older models know no word for them.
        if ("1h".equals(hint.ttl())) {
            if (family == ModelFamily.NOVA) {
                losses.approximated("cache_control.ttl");
            } else {
                json.put("ttl", "1h");
            }
        }
        points.add(new Point(list, point));
    }

    void dropSurplus() {
        int over = points.size() - MOST;
        if (over <= 0) {
            return;
        }
        Set<JsonNode> surplus = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<ArrayNode> lists = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Point point : points.subList(1, 1 + over)) {
            losses.approximated("cache_control");
            surplus.add(point.json());
            lists.add(point.list());
        }
        for (ArrayNode list : lists) {
            List<JsonNode> kept = new ArrayList<>();
            list.forEach(node -> {
                if (!surplus.contains(node)) {
                    kept.add(node);
                }
            });
            list.removeAll().addAll(kept);
        }
    }
}
