package dev.torii.desktop.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chat as an app would send it to the proxy port.
///
/// @param path the route's path
/// @param model what the route is asked for; null leaves it to the route
/// @param apiKey sent as `apikey`, for routes that ask for one; may be empty
public record PromptRequest(
        String path,
        @Nullable String model,
        String apiKey,
        List<Message> messages,
        @Nullable BigDecimal temperature,
        @Nullable Integer maxTokens) {

    /// One message of the chat.
    ///
    /// @param role as on the wire: `system`, `user`, `assistant`
    public record Message(String role, String content) {}

    public PromptRequest {
        messages = List.copyOf(messages);
    }

    /// The body, asking for a stream and for its token counts.
    public ObjectNode body() {
        ObjectNode body = Json.object();
        if (model != null) {
            body.put("model", model);
        }
        ArrayNode list = body.putArray("messages");
        for (Message message : messages) {
            list.addObject().put("role", message.role()).put("content", message.content());
        }
        if (temperature != null) {
            body.put("temperature", temperature);
        }
        if (maxTokens != null) {
            body.put("max_tokens", maxTokens);
        }
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return body;
    }

    @Override
    public String toString() {
        return "PromptRequest[" + path + "]";
    }
}
