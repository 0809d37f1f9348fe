package dev.torii.engine.dialect.completions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of `POST /v1/completions`. What only a completion can do, such as to fill a gap,
/// is refused where it is asked for.
final class CompletionsRequestReader {

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "prompt",
                    "suffix",
                    "echo",
                    "max_tokens",
                    "temperature",
                    "top_p",
                    "top_k",
                    "n",
                    "stop",
                    "seed",
                    "frequency_penalty",
                    "presence_penalty",
                    "logit_bias",
                    "user",
                    "stream",
                    "stream_options");

    private CompletionsRequestReader() {}

    static LlmRequest read(ObjectNode body) throws UnsayableException {
        if (!Fields.textOrEmpty(body, "suffix").isEmpty()) {
            throw new UnsayableException(
                    "suffix: the model chats and fills no gaps; choose one that completes text");
        }
        if (body.path("echo").asBoolean()) {
            throw new UnsayableException("echo: the model chats and does not repeat its prompt");
        }
        Integer tokens = Fields.integer(body, "max_tokens");
        Integer choices = Fields.integer(body, "n");
        return new LlmRequest(
                Fields.text(body, "model"),
                List.of(new Message(Role.USER, List.of(new Part.Text(prompt(body))))),
                List.of(),
                null,
                null,
                sampling(body),
                limit(tokens),
                null,
                null,
                Reasoning.UNSAID,
                new Session(Fields.text(body, "user"), null, null, null, null),
                choices == null ? 1 : choices,
                body.path("stream").booleanValue(),
                body.path("stream_options").path("include_usage").booleanValue(),
                Fields.others(body, KNOWN, CompletionsDialect.NAME));
    }

    private static @Nullable OutputLimit limit(@Nullable Integer tokens) {
        return tokens == null ? null : new OutputLimit(tokens, "max_tokens");
    }

    private static String prompt(ObjectNode body) throws UnsayableException {
        JsonNode prompt = body.path("prompt");
        if (prompt.isArray() && prompt.size() == 1) {
            prompt = prompt.path(0);
        }
        if (!prompt.isTextual()) {
            throw new UnsayableException(
                    "prompt: expected one text; the model chats, and takes neither several prompts"
                            + " nor tokens");
        }
        return prompt.textValue();
    }

    private static Sampling sampling(ObjectNode body) {
        return new Sampling(
                Fields.number(body, "temperature"),
                Fields.number(body, "top_p"),
                Fields.integer(body, "top_k"),
                Fields.number(body, "frequency_penalty"),
                Fields.number(body, "presence_penalty"),
                Fields.wide(body, "seed"),
                Fields.texts(body, "stop"),
                null,
                null,
                Fields.object(body, "logit_bias"));
    }
}
