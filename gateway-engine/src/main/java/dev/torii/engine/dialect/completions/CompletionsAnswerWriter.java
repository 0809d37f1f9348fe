package dev.torii.engine.dialect.completions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes a `text_completion`, which has room for text alone.
final class CompletionsAnswerWriter {

    private CompletionsAnswerWriter() {}

    static ObjectNode json(LlmAnswer answer, LlmRequest request) {
        ObjectNode json = head(id(answer.id()), answer.created(), answer.model(), request);
        ArrayNode choices = json.putArray("choices");
        for (LlmAnswer.Choice choice : answer.choices()) {
            choices.add(choice(choice.index(), text(choice), word(choice.finish())));
        }
        if (answer.usage() != null) {
            json.set("usage", usage(answer.usage()));
        }
        return json;
    }

    static String id(@Nullable String id) {
        return id == null ? "cmpl-" + UUID.randomUUID().toString().replace("-", "") : id;
    }

    static ObjectNode head(String id, long created, @Nullable String model, LlmRequest request) {
        return Json.object()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", created)
                .put("model", model == null ? request.model() : model);
    }

    static ObjectNode choice(int index, String text, @Nullable String finish) {
        return Json.object()
                .put("text", text)
                .put("index", index)
                .putNull("logprobs")
                .put("finish_reason", finish);
    }

    private static String text(LlmAnswer.Choice choice) {
        StringBuilder text = new StringBuilder();
        for (Part part : choice.parts()) {
            switch (part) {
                case Part.Text(var piece, var _, var _) -> text.append(piece);
                case Part.Refusal(var piece) -> text.append(piece);
                default -> {}
            }
        }
        return text.toString();
    }

    static String word(Finish finish) {
        return switch (finish.kind()) {
            case STOP, STOP_SEQUENCE, PAUSE, TOOL_CALLS, UNKNOWN -> "stop";
            case LENGTH, CONTEXT_FULL -> "length";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
            case ERROR -> "error";
        };
    }

    static ObjectNode usage(TokenUsage usage) {
        return Json.object()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
    }
}
