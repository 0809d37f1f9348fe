package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.ArrayList;
import java.util.List;

/// Reads who says what, for those who watch over prompts; a request of Converse itself passes.
final class BedrockRequestReader {

    private BedrockRequestReader() {}

    static LlmRequest read(ObjectNode body) throws UnsayableException {
        List<Message> messages = new ArrayList<>();
        if (!body.path("system").isEmpty()) {
            messages.add(new Message(Role.SYSTEM, texts(body.path("system"))));
        }
        if (!body.path("messages").isArray()) {
            throw new UnsayableException("messages: expected an array");
        }
        for (JsonNode message : body.path("messages")) {
            Role role =
                    switch (message.path("role").asText()) {
                        case "user" -> Role.USER;
                        case "assistant" -> Role.ASSISTANT;
                        default ->
                                throw new UnsayableException(
                                        "messages.role: expected user or assistant");
                    };
            messages.add(new Message(role, texts(message.path("content"))));
        }
        return new LlmRequest(
                null,
                messages,
                List.of(),
                null,
                null,
                new Sampling(null, null, null, null, null, null, List.of(), null, null, null),
                null,
                null,
                null,
                Reasoning.UNSAID,
                Session.NONE,
                1,
                false,
                false,
                Extra.NONE);
    }

    /// Texts, in results of tools too; all else is no prompt.
    private static List<Part> texts(JsonNode blocks) {
        List<Part> texts = new ArrayList<>();
        for (JsonNode block : blocks) {
            if (block.path("text").isTextual()) {
                texts.add(new Part.Text(block.path("text").textValue(), null, List.of()));
            }
            texts.addAll(texts(block.path("toolResult").path("content")));
        }
        return texts;
    }
}
