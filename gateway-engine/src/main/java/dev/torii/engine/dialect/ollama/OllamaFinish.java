package dev.torii.engine.dialect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.TokenUsage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What the end of an answer says: why, when, and how many tokens it took.
final class OllamaFinish {

    private OllamaFinish() {}

    static Finish read(JsonNode answer) {
        return Finish.of(
                switch (Fields.text(answer, "done_reason")) {
                    case "stop" -> Finish.Kind.STOP;
                    case "length" -> Finish.Kind.LENGTH;
                    // The model was moved in or out of memory, and generated nothing.
                    case "load", "unload" -> Finish.Kind.ERROR;
                    case null, default -> Finish.Kind.UNKNOWN;
                });
    }

    /// Seconds since 1970; 0 where there is no time.
    static long created(JsonNode answer) {
        String created = Fields.text(answer, "created_at");
        if (created == null) {
            return 0;
        }
        try {
            return Instant.parse(created).getEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    /// Null where nothing is counted. A prompt that was in memory already is not.
    static @Nullable TokenUsage usage(JsonNode answer) {
        if (!answer.has("prompt_eval_count") && !answer.has("eval_count")) {
            return null;
        }
        return new TokenUsage(
                answer.path("prompt_eval_count").asLong(),
                0,
                0,
                answer.path("eval_count").asLong(),
                0,
                TokenUsage.Source.FINAL);
    }
}
