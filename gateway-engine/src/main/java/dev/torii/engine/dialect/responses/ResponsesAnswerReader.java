package dev.torii.engine.dialect.responses;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import java.util.ArrayList;
import java.util.List;

/// Reads a whole `response`.
final class ResponsesAnswerReader {

    private ResponsesAnswerReader() {}

    static LlmAnswer read(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || !answer.path("output").isArray()) {
            throw new UnreadableAnswerException("the provider's answer has no output");
        }
        List<Part> parts = new ArrayList<>();
        List<ObjectNode> logprobs = new ArrayList<>();
        for (JsonNode item : answer.path("output")) {
            if (item instanceof ObjectNode object) {
                add(object, parts);
                object.path("content")
                        .forEach(part -> logprobs.addAll(ResponsesLogprobs.read(part)));
            }
        }
        boolean called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        boolean refused = parts.stream().anyMatch(Part.Refusal.class::isInstance);
        return new LlmAnswer(
                Fields.text(answer, "id"),
                answer.path("created_at").asLong(),
                Fields.text(answer, "model"),
                List.of(
                        new LlmAnswer.Choice(
                                0, parts, ResponsesFinish.read(answer, called, refused), logprobs)),
                ResponsesUsage.read(answer));
    }

    private static void add(ObjectNode item, List<Part> parts) {
        switch (Fields.text(item, "type")) {
            case "message" -> item.path("content").forEach(part -> content(part, parts));
            case "reasoning" -> parts.add(thought(item));
            case "function_call" -> parts.add(call(item, "arguments", false));
            case "custom_tool_call" -> parts.add(call(item, "input", true));
            case null, default -> parts.add(new Part.Opaque(ResponsesDialect.NAME, item));
        }
    }

    private static void content(JsonNode part, List<Part> parts) {
        switch (Fields.text(part, "type")) {
            case "output_text" ->
                    parts.add(
                            new Part.Text(
                                    textOrEmpty(part, "text"),
                                    null,
                                    ResponsesAnnotations.read(part.path("annotations"))));
            case "refusal" -> parts.add(new Part.Refusal(textOrEmpty(part, "refusal")));
            case null, default -> {}
        }
    }

    static Part.Thinking thought(JsonNode item) {
        String content = joined(item.path("content"), "");
        String summary = joined(item.path("summary"), "\n\n");
        boolean abridged = content.isEmpty() && !summary.isEmpty();
        return new Part.Thinking(
                abridged ? summary : content,
                abridged,
                ResponsesSeals.own(Fields.text(item, "encrypted_content")));
    }

    static String joined(JsonNode texts, String between) {
        List<String> pieces = new ArrayList<>();
        texts.forEach(text -> pieces.add(textOrEmpty(text, "text")));
        return String.join(between, pieces);
    }

    private static Part.ToolCall call(ObjectNode item, String field, boolean custom) {
        return new Part.ToolCall(
                textOrEmpty(item, "call_id"),
                textOrEmpty(item, "name"),
                textOrEmpty(item, field),
                custom,
                null);
    }
}
