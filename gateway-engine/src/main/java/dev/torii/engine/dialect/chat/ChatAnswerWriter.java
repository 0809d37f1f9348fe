package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import org.jspecify.annotations.Nullable;

/// Writes a `chat.completion`.
final class ChatAnswerWriter {

    private ChatAnswerWriter() {}

    static ObjectNode json(LlmAnswer answer, LlmRequest request) {
        ObjectNode json =
                Json.object()
                        .put("id", ChatIds.of(answer.id()))
                        .put("object", "chat.completion")
                        .put("created", answer.created())
                        .put("model", model(answer.model(), request));
        ArrayNode choices = json.putArray("choices");
        for (LlmAnswer.Choice choice : answer.choices()) {
            ObjectNode one = choices.addObject().put("index", choice.index());
            one.set("message", message(choice));
            one.put("finish_reason", ChatFinish.word(choice.finish()));
            ChatLogprobs.write(choice.logprobs(), one);
        }
        if (answer.usage() != null) {
            json.set("usage", ChatUsage.json(answer.usage()));
        }
        return json;
    }

    static @Nullable String model(@Nullable String answered, LlmRequest request) {
        return answered == null ? request.model() : answered;
    }

    private static ObjectNode message(LlmAnswer.Choice choice) {
        StringBuilder text = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        ArrayNode calls = Json.array();
        ArrayNode details = Json.array();
        ArrayNode annotations = Json.array();
        ArrayNode pictures = Json.array();
        boolean said = false;
        int before = 0;
        for (Part part : choice.parts()) {
            switch (part) {
                case Part.Text(var piece, var _, var own) -> {
                    said = true;
                    text.append(piece);
                    for (ObjectNode citation : own) {
                        annotations.add(ChatCitations.moved(citation, before));
                    }
                    before += ChatCitations.length(piece);
                }
                case Part.Refusal(var piece) -> refusal.append(piece);
                case Part.Thinking(var piece, var _, var seal) -> {
                    thoughts.append(piece);
                    ObjectNode detail = ChatThinking.detail(piece, seal, details.size());
                    if (detail != null) {
                        details.add(detail);
                    }
                }
                case Part.ToolCall call -> calls.add(ChatCalls.json(call));
                case Part.Image(var source, var _, var _) -> {
                    ObjectNode picture = ChatPictures.json(source, pictures.size());
                    if (picture != null) {
                        pictures.add(picture);
                    }
                }
                default -> {}
            }
        }
        ObjectNode message = Json.object().put("role", "assistant");
        message.put("content", said ? text.toString() : null);
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        if (!thoughts.isEmpty()) {
            message.put(ChatThinking.TEXT, thoughts.toString());
        }
        if (!details.isEmpty()) {
            message.set(ChatThinking.DETAILS, details);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        if (!annotations.isEmpty()) {
            message.set("annotations", annotations);
        }
        if (!pictures.isEmpty()) {
            message.set(ChatPictures.FIELD, pictures);
        }
        return message;
    }
}
