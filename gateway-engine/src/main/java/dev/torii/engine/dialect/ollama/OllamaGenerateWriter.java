package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Writes the body of `POST /api/generate`, which takes one prompt. The model's template is put
/// around it, as Ollama does for completions in OpenAI's words; a client that has written the
/// template itself says `raw`.
final class OllamaGenerateWriter {

    private static final Set<String> OWN =
            Set.of("keep_alive", "options", "suffix", "raw", "template", "context");

    private OllamaGenerateWriter() {}

    static ObjectNode json(LlmRequest request, Losses losses) throws UnsayableException {
        Unsaid.severalAnswers(request);
        losses.droppedIf(!request.tools().isEmpty(), "tools");
        List<Part> system = new ArrayList<>();
        List<Part> prompt = new ArrayList<>();
        for (Message message : request.messages()) {
            boolean ofSystem = message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
            if (!ofSystem && message.role() != Role.USER) {
                throw new UnsayableException(
                        "messages: a completion goes on from one prompt; ask for a chat instead");
            }
            (ofSystem ? system : prompt).addAll(message.parts());
        }
        var turns = new OllamaTurns(losses);
        ObjectNode json = Json.object().put("model", request.model());
        if (!system.isEmpty()) {
            json.set("system", turns.spoken("system", system).get("content"));
        }
        ObjectNode said = turns.spoken("user", prompt);
        json.set("prompt", said.get("content"));
        if (said.has("images")) {
            json.set("images", said.get("images"));
        }
        OllamaSettings.write(json, request, OllamaDialect.GENERATE_NAME, OWN, losses);
        return json;
    }
}
