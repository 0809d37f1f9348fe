package dev.torii.engine.dialect.tgi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a whole answer: `{"generated_text"}`, bare, in a list, or in a list under `data`. Some
/// servers repeat the prompt before it.
final class TextGenerationReader {

    private static final String ASKED = "[/INST]";

    private TextGenerationReader() {}

    static JsonNode generation(byte[] body, String otherwise) throws UnreadableAnswerException {
        JsonNode answer = Json.parseOrNull(body);
        if (answer == null) {
            throw new UnreadableAnswerException(otherwise);
        }
        JsonNode generations = answer.has("data") ? answer.path("data") : answer;
        JsonNode generation = generations.isArray() ? generations.path(0) : generations;
        if (!generation.path("generated_text").isTextual()) {
            throw new UnreadableAnswerException(otherwise);
        }
        return generation;
    }

    static LlmAnswer read(JsonNode generation) {
        String text = answered(generation.path("generated_text").textValue());
        JsonNode details = generation.path("details");
        return new LlmAnswer(
                null,
                0,
                null,
                List.of(
                        new LlmAnswer.Choice(
                                0,
                                text.isEmpty() ? List.of() : List.of(new Part.Text(text)),
                                finish(details))),
                usage(details));
    }

    private static String answered(String text) {
        boolean repeats = text.startsWith("<s>") || text.startsWith("[INST]");
        int at = repeats ? text.lastIndexOf(ASKED) : -1;
        return at < 0 ? text : text.substring(at + ASKED.length()).strip();
    }

    static Finish finish(JsonNode details) {
        return Finish.of(
                switch (Fields.text(details, "finish_reason")) {
                    case "eos_token", "stop" -> Finish.Kind.STOP;
                    case "stop_sequence" -> Finish.Kind.STOP_SEQUENCE;
                    case "length" -> Finish.Kind.LENGTH;
                    case null, default -> Finish.Kind.UNKNOWN;
                });
    }

    /// Null where the prompt is not counted as well, which is only so where its tokens are told or
    /// newer servers stream.
    static @Nullable TokenUsage usage(JsonNode details) {
        Integer output = Fields.integer(details, "generated_tokens");
        Integer input = Fields.integer(details, "input_length");
        if (input == null && !details.path("prefill").isEmpty()) {
            input = details.path("prefill").size();
        }
        return output == null || input == null
                ? null
                : new TokenUsage(input, 0, 0, output, 0, TokenUsage.Source.FINAL);
    }
}
