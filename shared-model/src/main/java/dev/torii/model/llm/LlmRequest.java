package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of an LLM request, parsed once and handed from plugin to plugin. As long as nothing
/// edits it, its bytes are the client's own, untouched: prompt caches and signatures of providers
/// depend on that.
public final class LlmRequest {

    private final byte[] original;
    private @Nullable ObjectNode tree;
    private boolean parsed;
    private boolean edited;

    public LlmRequest(byte[] original) {
        this.original = original;
    }

    /// The body as JSON, to read; null when it is no JSON object.
    public @Nullable ObjectNode json() {
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

    /// Puts another body in place of this one.
    public void replace(ObjectNode body) {
        tree = body;
        parsed = true;
        edited = true;
    }

    public boolean edited() {
        return edited;
    }

    /// What goes upstream: the client's bytes, or the edited body in compact JSON.
    public byte[] bytes() {
        ObjectNode json = tree;
        return edited && json != null ? Json.bytes(json) : original;
    }

    /// The chat messages, or null when there is no such array.
    public @Nullable ArrayNode messages() {
        ObjectNode json = json();
        return json != null && json.get("messages") instanceof ArrayNode messages ? messages : null;
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

    /// Whether the client asked for a stream.
    public boolean stream() {
        ObjectNode json = json();
        return json != null && json.path("stream").asBoolean(false);
    }

    /// Puts messages before and after the client's own, each list in its order.
    public void surround(List<ObjectNode> before, List<ObjectNode> after) {
        ArrayNode messages = (ArrayNode) edit().get("messages");
        for (int i = 0; i < before.size(); i++) {
            messages.insert(i, before.get(i).deepCopy());
        }
        after.forEach(message -> messages.add(message.deepCopy()));
    }
}
