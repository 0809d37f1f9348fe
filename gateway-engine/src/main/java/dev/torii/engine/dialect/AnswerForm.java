package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import org.jspecify.annotations.Nullable;

/// The form that an answer has to have, for providers that hold a model to a [StrictSchema] and to
/// nothing else. What it cannot be held to it is asked for.
///
/// @param schema that it is held to; null for none
/// @param hint in a sentence what else it is to be; null for nothing
public record AnswerForm(@Nullable ObjectNode schema, @Nullable String hint) {

    public static AnswerForm of(LlmRequest request, Losses losses) {
        return switch (request.format()) {
            case OutputFormat.JsonSchema(var _, var wanted, var _, var _) -> {
                ObjectNode schema =
                        ClaudeModel.of(request.model()).takesSchemas()
                                ? new StrictSchema("response_format.json_schema", losses)
                                        .strict(wanted)
                                : null;
                yield schema == null
                        ? asked(
                                "Answer with one JSON value that fits this schema, and nothing"
                                        + " else: "
                                        + Json.text(wanted),
                                losses)
                        : new AnswerForm(schema, null);
            }
            case OutputFormat.JsonObject _ ->
                    asked("Answer with one JSON object and nothing else.", losses);
            case OutputFormat.Text _ -> new AnswerForm(null, null);
            case null -> new AnswerForm(null, null);
        };
    }

    private static AnswerForm asked(String hint, Losses losses) {
        losses.approximated("response_format");
        return new AnswerForm(null, hint);
    }
}
