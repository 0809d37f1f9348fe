package dev.torii.engine.dialect.ollama;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;

/// Reads a whole answer, to a chat or to a prompt.
final class OllamaAnswerReader {

    private OllamaAnswerReader() {}

    static LlmAnswer read(ObjectNode answer) {
        JsonNode message = answer.path("message");
        List<Part> parts = new ArrayList<>();
        String thought = textOrEmpty(message.isObject() ? message : answer, "thinking");
        if (!thought.isEmpty()) {
            parts.add(new Part.Thinking(thought, false, null));
        }
        String text =
                message.isObject()
                        ? textOrEmpty(message, "content")
                        : textOrEmpty(answer, "response");
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        int calls = 0;
        for (JsonNode call : message.path("tool_calls")) {
            parts.add(OllamaCalls.read(call, answer, calls++));
        }
        Finish finish = OllamaFinish.read(answer);
        return new LlmAnswer(
                null,
                OllamaFinish.created(answer),
                Fields.text(answer, "model"),
                List.of(
                        new LlmAnswer.Choice(
                                0, parts, calls > 0 ? finish.withToolCalls() : finish)),
                OllamaFinish.usage(answer));
    }
}
