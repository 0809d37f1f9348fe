package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `cache_control`. Anthropic takes four marks in a request; of more, the first one of tools
/// and system stays, for they change least, and the last ones, for most lies before them.
final class AnthropicCache {

    private static final String MARK = "cache_control";
    private static final int MOST = 4;

    private AnthropicCache() {}

    static void mark(ObjectNode block, @Nullable CacheHint cache) {
        if (cache != null) {
            ObjectNode control = block.putObject(MARK).put("type", "ephemeral");
            if (cache.ttl() != null) {
                control.put("ttl", cache.ttl());
            }
        }
    }

    /// Marks the one block as the other is.
    static void move(ObjectNode from, ObjectNode to) {
        JsonNode control = from.get(MARK);
        if (control != null) {
            to.set(MARK, control);
        }
    }

    /// Takes away the marks that are too many.
    ///
    /// @param request written, but for what is to be marked as a whole
    static void limit(ObjectNode request, Losses losses) {
        List<ObjectNode> marked = new ArrayList<>();
        collect(request.path("tools"), marked);
        collect(request.path("system"), marked);
        int lasting = marked.size();
        request.path("messages").forEach(message -> collect(message.path("content"), marked));
        int surplus = marked.size() - (request.hasNonNull(MARK) ? MOST - 1 : MOST);
        int from = lasting == 0 ? 0 : 1;
        for (int i = from; i < from + surplus; i++) {
            marked.get(i).remove(MARK);
            losses.approximated(MARK);
        }
    }

    private static void collect(JsonNode blocks, List<ObjectNode> marked) {
        for (JsonNode block : blocks) {
            collect(block.path("content"), marked);
            if (block instanceof ObjectNode object && object.hasNonNull(MARK)) {
                marked.add(object);
            }
        }
    }
}
