package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Format;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `?tags=a,b` (all of them) or `?tags=a/b` (any of them).
///
/// @param given as the client wrote it; null when it did not
record TagFilter(List<String> tags, boolean all, @Nullable String given) {

    static final TagFilter ANY = new TagFilter(List.of(), true, null);

    private static final int MOST = 5;
    private static final String OPTION = "tags";

    static TagFilter parse(@Nullable String text) {
        if (text == null) {
            return ANY;
        }
        if (text.isEmpty()) {
            throw Problems.invalidOption(OPTION, "cannot be null");
        }
        boolean and = text.indexOf(',') >= 0;
        boolean or = text.indexOf('/') >= 0;
        List<String> tags = List.of(text.split(or ? "/" : ",", -1));
        if ((and && or)
                || tags.stream().anyMatch(t -> t.isEmpty() || Format.TAG.problem(t) != null)) {
            throw Problems.invalidOption(OPTION, "invalid filter syntax");
        }
        if (tags.size() > MOST) {
            throw Problems.invalidOption(OPTION, "cannot query more than " + MOST + " tags");
        }
        return new TagFilter(tags, !or, text);
    }

    boolean accepts(ObjectNode entity) {
        if (tags.isEmpty()) {
            return true;
        }
        Set<String> own = new HashSet<>();
        for (JsonNode tag : entity.path(OPTION)) {
            own.add(tag.asText());
        }
        return all ? own.containsAll(tags) : tags.stream().anyMatch(own::contains);
    }
}
