package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Set;

/// Where a Claude runs. Beside Anthropic itself, clouds take the same Messages with the model in
/// the path and a version in the body. Sources: Google's documentation, "Claude partner models";
/// AWS's, "Anthropic Claude Messages API".
public enum AnthropicHost {
    ANTHROPIC(""),
    VERTEX("vertex-2023-10-16"),
    BEDROCK("bedrock-2023-05-31");

    private static final Set<String> AT_VERTEX =
            Set.of(
                    "computer-use-2025-01-24",
                    "computer-use-2025-11-24",
                    "context-1m-2025-08-07",
                    "context-management-2025-06-27",
                    "fine-grained-tool-streaming-2025-05-14",
                    "interleaved-thinking-2025-05-14",
                    "tool-search-tool-2025-10-19",
                    "web-search-2025-03-05");

    private static final Set<String> AT_BEDROCK =
            Set.of(
                    "computer-use-2024-10-22",
                    "computer-use-2025-01-24",
                    "computer-use-2025-11-24",
                    "context-1m-2025-08-07",
                    "context-management-2025-06-27",
                    "dev-full-thinking-2025-05-14",
                    "effort-2025-11-24",
                    "fine-grained-tool-streaming-2025-05-14",
                    "interleaved-thinking-2025-05-14",
                    "output-128k-2025-02-19",
                    "token-efficient-tools-2025-02-19",
                    "tool-examples-2025-10-29",
                    "tool-search-tool-2025-10-19");

    private final String version;

    AnthropicHost(String version) {
        this.version = version;
    }

    /// As it stands in the body; empty at Anthropic.
    public String version() {
        return version;
    }

    /// Which of these names are known here; clouds refuse a request over one that they do not know.
    public List<String> known(List<String> asked) {
        return switch (this) {
            case ANTHROPIC -> asked;
            case VERTEX -> asked.stream().filter(AT_VERTEX::contains).toList();
            case BEDROCK -> asked.stream().filter(AT_BEDROCK::contains).toList();
        };
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
