package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a whole `chat.completion`.
final class ChatAnswerReader {

    private ChatAnswerReader() {}

    static LlmAnswer read(ObjectNode answer) {
        List<LlmAnswer.Choice> choices = new ArrayList<>();
        for (JsonNode choice : answer.path("choices")) {
            List<Part> parts = parts(choice.path("message"), ChatCitations.ofAnswer(answer));
            choices.add(
                    new LlmAnswer.Choice(
                            choice.path("index").asInt(choices.size()),
                            parts,
                            finish(Fields.text(choice, "finish_reason"), parts),
                            ChatLogprobs.read(choice)));
        }
        ObjectNode usage = Fields.object(answer, "usage");
        return new LlmAnswer(
                Fields.text(answer, "id"),
                answer.path("created").asLong(),
                Fields.text(answer, "model"),
                choices,
                usage == null ? null : ChatUsage.read(usage, TokenUsage.Source.FINAL));
    }

    private static Finish finish(@Nullable String reason, List<Part> parts) {
        Finish finish = ChatFinish.read(reason);
        if (parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
            return finish.withToolCalls();
        }
        return parts.stream().anyMatch(Part.Refusal.class::isInstance)
                ? ChatFinish.refused(finish)
                : finish;
    }

    /// @param sources of the answer as a whole
    private static List<Part> parts(JsonNode message, List<ObjectNode> sources) {
        List<Part> parts = new ArrayList<>(ChatThinking.read(message));
        JsonNode content = message.path("content");
        if (content.isTextual() && !content.textValue().isEmpty()) {
            List<ObjectNode> citations = ChatCitations.ofMessage(message);
            citations.addAll(sources);
            parts.add(new Part.Text(content.textValue(), null, citations));
        }
        for (JsonNode part : content) {
            Part read = part(part);
            if (read != null) {
                parts.add(read);
            }
        }
        String spoken = spoken(message);
        if (!spoken.isEmpty()) {
            parts.add(new Part.Text(spoken));
        }
        for (MediaSource picture : ChatPictures.of(message)) {
            parts.add(new Part.Image(picture, null, null));
        }
        String refusal = Fields.textOrEmpty(message, "refusal");
        if (!refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        for (JsonNode call : ChatCalls.of(message)) {
            parts.add(ChatCalls.read(call));
        }
        return parts;
    }

    /// What a sound says, which stands in place of the text.
    static String spoken(JsonNode message) {
        return Fields.textOrEmpty(message.path("audio"), "transcript");
    }

    /// Mistral's content may be an array. Null for what has no words, such as a reference.
    private static @Nullable Part part(JsonNode part) {
        if ("thinking".equals(Fields.text(part, "type"))) {
            return new Part.Thinking(ChatThinking.ofPart(part), false, null);
        }
        String text = Fields.textOrEmpty(part, "text");
        return text.isEmpty() ? null : new Part.Text(text);
    }
}
