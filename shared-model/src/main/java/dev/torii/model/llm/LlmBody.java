package dev.torii.model.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.JsonSplice;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of an LLM request, parsed once and handed from plugin to plugin. As long as nothing
/// edits it, its bytes are the client's own, untouched: prompt caches and signatures of providers
/// depend on that.
public final class LlmBody {

    private final byte[] original;
    private final boolean calledJson;
    private @Nullable ObjectNode tree;
    private boolean parsed;
    private boolean edited;
    private final Map<String, JsonNode> decided = new LinkedHashMap<>();

    /// A body that is meant to be JSON.
    public LlmBody(byte[] original) {
        this(original, null);
    }

    /// A body as the client sent it. One that is called anything else than JSON is not read as
    /// JSON, even where it looks like it; one without a type is.
    public LlmBody(byte[] original, @Nullable String contentType) {
        this.original = original;
        this.calledJson =
                contentType == null
                        || contentType.toLowerCase(Locale.ROOT).contains("application/json");
    }

    /// Bytes that the client sent.
    public int originalSize() {
        return original.length;
    }

    /// The body as JSON, to read; null when it is no JSON object.
    public @Nullable ObjectNode json() {
        return calledJson || edited() ? jsonOfAnyType() : null;
    }

    /// The body as JSON whatever type the client gave it; null when it is no JSON object.
    public @Nullable ObjectNode jsonOfAnyType() {
        if (!parsed) {
            tree = Json.parseObjectOrNull(original);
            parsed = true;
        }
        return tree;
    }

    /// The body as JSON, to change; from here on [#bytes] writes it anew.
    ///
    /// @throws IllegalStateException when the body is no JSON object
    public ObjectNode edit() {
        ObjectNode json = json();
        if (json == null) {
            throw new IllegalStateException("the body is not a JSON object");
        }
        edited = true;
        return json;
    }

    /// Sets one field; nothing happens when it has that value. Unless more is edited, all other
    /// bytes stay as they are.
    ///
    /// @param value null leaves the field as it is; missing takes it out
    /// @throws IllegalStateException when the body is no JSON object
    public void decide(String field, @Nullable JsonNode value) {
        if (value == null) {
            return;
        }
        ObjectNode json = json();
        if (json == null) {
            throw new IllegalStateException("the body is not a JSON object");
        }
        if (value.equals(json.path(field))) {
            return;
        }
        if (value.isMissingNode()) {
            json.remove(field);
        } else {
            json.set(field, value);
        }
        decided.put(field, value);
    }

    /// Puts another body in place of this one.
    public void replace(ObjectNode body) {
        tree = body;
        parsed = true;
        edited = true;
    }

    public boolean edited() {
        return edited || !decided.isEmpty();
    }

    /// What goes upstream: the client's bytes, in which fields that were decided are exchanged, or
    /// the edited body in compact JSON.
    public byte[] bytes() {
        ObjectNode json = tree;
        if (json == null || (!edited && decided.isEmpty())) {
            return original;
        }
        return edited || !utf8() ? Json.bytes(json) : JsonSplice.with(original, decided);
    }

    /// Whether the body begins as an object in UTF-8 does; JSON may be in UTF-16, too.
    private boolean utf8() {
        return original.length > 1 && original[0] != 0 && original[1] != 0 && original[0] > 0;
    }

    /// The client's bytes, whatever was edited since.
    public byte[] original() {
        return original;
    }

    /// The chat messages, or null when there is no such array.
    public @Nullable ArrayNode messages() {
        ObjectNode json = json();
        return json != null && json.get("messages") instanceof ArrayNode messages ? messages : null;
    }

    /// Whether there are messages, and at least one.
    public boolean chat() {
        ArrayNode messages = messages();
        return messages != null && !messages.isEmpty();
    }

    /// The legacy completions prompt, or null.
    public @Nullable String prompt() {
        return text("prompt");
    }

    /// The model that the client asked for; null when it named none.
    public @Nullable String model() {
        String model = text("model");
        return model == null || model.isEmpty() ? null : model;
    }

    private @Nullable String text(String field) {
        ObjectNode json = json();
        return json != null ? json.path(field).textValue() : null;
    }

    /// Whether the client asked for a stream: only a JSON `true` does.
    public boolean stream() {
        ObjectNode json = json();
        return json != null && json.path("stream").booleanValue();
    }
}
