package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.util.List;
import java.util.Set;

/// Writes the body of `POST /api/chat`.
final class OllamaChatWriter {

    /// Fields that no other vendor has, so that a client who sends one means Ollama.
    private static final Set<String> OWN = Set.of("keep_alive", "options", "truncate", "shift");

    private OllamaChatWriter() {}

    static ObjectNode json(LlmRequest request, Losses losses) throws UnsayableException {
        Unsaid.severalAnswers(request);
        List<Tool.Function> functions =
                request.toolChoice() instanceof ToolChoice.None
                        ? List.of()
                        : OfferedTools.of(request, losses);
        ArrayNode messages = new OllamaTurns(losses).messages(request.messages());
        if (OfferedTools.forced(request)) {
            losses.approximated("tool_choice");
            messages.addObject().put("role", "system").put("content", hint(functions));
        }
        ObjectNode json = Json.object().put("model", request.model());
        if (!functions.isEmpty()) {
            ArrayNode tools = json.putArray("tools");
            functions.forEach(function -> tools.add(OfferedTools.json(function, losses)));
            losses.droppedIf(
                    functions.stream().anyMatch(f -> Boolean.TRUE.equals(f.strict())), "strict");
            losses.droppedIf(
                    Boolean.FALSE.equals(request.parallelToolCalls()), "parallel_tool_calls");
        }
        json.set("messages", messages);
        OllamaSettings.write(json, request, OllamaDialect.CHAT_NAME, OWN, losses);
        return json;
    }

    /// Ollama leaves the choice to the model, so it has to be asked.
    private static String hint(List<Tool.Function> functions) {
        return functions.size() == 1
                ? "Answer by calling the tool " + functions.getFirst().name() + "."
                : "Answer by calling one of the tools.";
    }
}
