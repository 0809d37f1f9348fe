package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One page of a collection: `size`, `offset` and `tags` of the query, and the answer's `next`.
///
/// @param size how many entities at most
/// @param after the place after which the page begins, most often an id; null for the first page
/// @param tags what the entities' tags must be
/// @param sizeGiven the size that `next` repeats, as the client wrote it; null for none
record Listing(int size, @Nullable String after, TagFilter tags, @Nullable String sizeGiven) {

    private static final int USUAL_SIZE = 100;
    private static final int LARGEST_SIZE = 1_000;

    /// @param filtered whether tags count; below a parent they only have to be well written, and
    ///   `next` does not repeat the size
    static Listing parse(Map<String, String> query, boolean filtered) {
        TagFilter tags = TagFilter.parse(query.get("tags"));
        Listing plain = plain(query);
        return filtered ? new Listing(plain.size, plain.after, tags, query.get("size")) : plain;
    }

    /// Of a list that knows no tags.
    static Listing plain(Map<String, String> query) {
        String size = query.get("size");
        String offset = query.get("offset");
        return new Listing(
                size == null ? USUAL_SIZE : size(size),
                offset == null ? null : after(offset),
                TagFilter.ANY,
                null);
    }

    private static int size(String text) {
        double size;
        try {
            size = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Problems.invalidSize("size must be a number");
        }
        if (size != Math.rint(size) || size < 1 || size > LARGEST_SIZE) {
            throw Problems.invalidSize("size must be an integer between 1 and " + LARGEST_SIZE);
        }
        return (int) size;
    }

    private static String after(String offset) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(offset);
        } catch (IllegalArgumentException e) {
            throw Problems.invalidOffset(offset, "bad base64 encoding");
        }
        try {
            if (Json.parse(decoded) instanceof ArrayNode key
                    && key.size() == 1
                    && key.get(0).isTextual()) {
                return key.get(0).textValue();
            }
        } catch (MalformedJsonException e) {
            // Answered below.
        }
        throw Problems.invalidOffset(offset, "bad json encoding");
    }

    /// @param all in order of id
    /// @param path of the collection, for `next`
    ObjectNode page(Stream<ObjectNode> all, String path) {
        return page(all, entity -> entity.path("id").asText(), path);
    }

    /// @param all in order of their keys
    /// @param keyOf what tells one from all others
    ObjectNode page(Stream<ObjectNode> all, Function<ObjectNode, String> keyOf, String path) {
        ArrayNode data = Json.array();
        String last = null;
        boolean more = false;
        for (ObjectNode entity : (Iterable<ObjectNode>) all::iterator) {
            String key = keyOf.apply(entity);
            if ((after != null && key.compareTo(after) <= 0) || !tags.accepts(entity)) {
                continue;
            }
            if (data.size() == size) {
                more = true;
                break;
            }
            data.add(entity);
            last = key;
        }
        ObjectNode page = Json.object();
        page.set("data", data);
        if (more && last != null) {
            String offset = offset(last);
            page.put("next", next(path, offset));
            page.put("offset", offset);
        } else {
            page.putNull("next");
        }
        return page;
    }

    private static String offset(String last) {
        JsonNode key = Json.array().add(last);
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(Json.text(key).getBytes(StandardCharsets.UTF_8));
    }

    private String next(String path, String offset) {
        var next = new StringBuilder(path).append("?offset=").append(UrlEncoded.encode(offset));
        if (tags.given() != null) {
            next.append("&tags=").append(UrlEncoded.encode(tags.given()));
        }
        if (sizeGiven != null) {
            next.append("&size=").append(UrlEncoded.encode(sizeGiven));
        }
        return next.toString();
    }
}
