package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;

/// Where a Claude runs. Beside Anthropic itself, clouds take the same Messages with the model in
/// the path and a version in the body. Sources: Google's documentation, "Claude partner models";
/// AWS's, "Anthropic Claude Messages API".
public enum AnthropicHost {
    ANTHROPIC(""),
    VERTEX("vertex-2023-10-16"),
    BEDROCK("bedrock-2023-05-31");

    private final String version;

    AnthropicHost(String version) {
        this.version = version;
    }

    /// Whether it fetches pictures and documents itself, and has files of its own.
    boolean fetches() {
        return this == ANTHROPIC;
    }

    /// The body as this host wants it. All else stays as it is and in its order, since prompt
    /// caches go by what a body begins with.
    ///
    /// @param messages as Anthropic itself wants it; not changed
    /// @param betas names that Anthropic itself takes in the header `anthropic-beta`; Bedrock takes
    ///   them in the body
    public ObjectNode body(ObjectNode messages, List<String> betas) {
        if (this == ANTHROPIC) {
            return messages;
        }
        ObjectNode body = Json.object().put("anthropic_version", version);
        for (var field : messages.properties()) {
            boolean elsewhere =
                    field.getKey().equals("model")
                            || (this == BEDROCK && field.getKey().equals("stream"));
            if (!elsewhere) {
                body.set(field.getKey(), field.getValue());
            }
        }
        if (this == BEDROCK && !betas.isEmpty()) {
            ArrayNode flags = body.putArray("anthropic_beta");
            betas.forEach(flags::add);
        }
        return body;
    }
}
