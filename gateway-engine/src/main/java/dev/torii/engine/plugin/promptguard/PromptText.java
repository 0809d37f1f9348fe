package dev.torii.engine.plugin.promptguard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the text of a request that a guard looks at.
///
/// @param allRoles whether messages of others than the user count
/// @param latestOnly whether only the newest of them counts
record PromptText(boolean allRoles, boolean latestOnly) {

    private static final String SEPARATOR = " ";

    /// The texts, newest first, joined by spaces; empty when the request holds anything that should
    /// be text and cannot be read as such.
    ///
    /// @param client null when nothing tells in what dialect the request is
    Optional<String> of(@Nullable ClientCall client, LlmBody request) {
        if (client == null) {
            return Optional.empty();
        }
        boolean openAi = client.dialect().name().equals("openai");
        return openAi ? ofOpenAi(request) : ofOther(client.dialect(), request);
    }

    private Optional<String> ofOther(ClientDialect dialect, LlmBody request) {
        ObjectNode body = request.json();
        if (body == null) {
            return Optional.empty();
        }
        List<Message> messages;
        try {
            messages = dialect.readRequest(body).messages();
        } catch (UnsayableException e) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Message message : messages.reversed()) {
            if (allRoles || message.role() == Role.USER) {
                texts.add(message.text());
                if (latestOnly) {
                    break;
                }
            }
        }
        return Optional.of(String.join(SEPARATOR, texts));
    }

    private Optional<String> ofOpenAi(LlmBody request) {
        ObjectNode body = request.json();
        if (body == null || (!request.chat() && request.prompt() == null)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        JsonNode prompt = body.path("prompt");
        if (prompt.isTextual()) {
            texts.add(prompt.textValue());
        } else if (!prompt.isMissingNode() && !prompt.isNull()) {
            return Optional.empty();
        }
        ArrayNode messages = request.messages();
        boolean readable = messages == null || collect(messages, texts);
        return readable ? Optional.of(String.join(SEPARATOR, texts)) : Optional.empty();
    }

    private boolean collect(ArrayNode messages, List<String> texts) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            JsonNode message = messages.get(i);
            JsonNode role = message.path("role");
            if (!role.isTextual()) {
                return false;
            }
            if (allRoles || role.textValue().equals("user")) {
                if (!collectContent(message.path("content"), texts)) {
                    return false;
                }
                if (latestOnly) {
                    return true;
                }
            }
        }
        return true;
    }

    /// No content at all is fine: an assistant that calls a tool says nothing.
    private static boolean collectContent(JsonNode content, List<String> texts) {
        if (content.isTextual()) {
            texts.add(content.textValue());
            return true;
        }
        if (content instanceof ArrayNode parts) {
            for (JsonNode part : parts) {
                if (!collectPart(part, texts)) {
                    return false;
                }
            }
            return true;
        }
        return content.isMissingNode() || content.isNull();
    }

    /// Images, sounds and files hold no text to look at.
    private static boolean collectPart(JsonNode part, List<String> texts) {
        JsonNode text = part.path("text");
        if (text.isTextual()) {
            texts.add(text.textValue());
            return true;
        }
        return part.isObject() && !part.path("type").asText("text").equals("text");
    }
}
