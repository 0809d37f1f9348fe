package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of `POST /v1/chat/completions`. Source: OpenAI's API reference, "Create chat
/// completion".
final class ChatRequestReader {

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "messages",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "functions",
                    "function_call",
                    "temperature",
                    "top_p",
                    "top_k",
                    "frequency_penalty",
                    "presence_penalty",
                    "seed",
                    "stop",
                    "logprobs",
                    "top_logprobs",
                    "logit_bias",
                    "max_tokens",
                    "max_completion_tokens",
                    "response_format",
                    "verbosity",
                    "reasoning_effort",
                    "user",
                    "safety_identifier",
                    "metadata",
                    "service_tier",
                    "store",
                    "prompt_cache_key",
                    "n",
                    "stream",
                    "stream_options");

    private ChatRequestReader() {}

    static LlmRequest read(ObjectNode body) throws UnsayableException {
        Integer choices = Fields.integer(body, "n");
        return new LlmRequest(
                Fields.text(body, "model"),
                ChatMessages.read(body.path("messages")),
                ChatTools.read(body),
                ChatTools.choice(body),
                Fields.flag(body, "parallel_tool_calls"),
                sampling(body),
                limit(body),
                format(body.path("response_format")),
                Fields.text(body, "verbosity"),
                reasoning(Fields.text(body, "reasoning_effort")),
                session(body),
                choices == null ? 1 : choices,
                body.path("stream").booleanValue(),
                body.path("stream_options").path("include_usage").booleanValue(),
                Fields.others(body, KNOWN, ChatDialect.NAME));
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
                Fields.flag(body, "logprobs"),
                Fields.integer(body, "top_logprobs"),
                Fields.object(body, "logit_bias"));
    }

    private static @Nullable OutputLimit limit(ObjectNode body) {
        for (String field : new String[] {"max_completion_tokens", "max_tokens"}) {
            Integer tokens = Fields.integer(body, field);
            if (tokens != null) {
                return new OutputLimit(tokens, field);
            }
        }
        return null;
    }

    private static @Nullable OutputFormat format(JsonNode format) throws UnsayableException {
        return switch (Fields.text(format, "type")) {
            case "text" -> new OutputFormat.Text();
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format.path("json_schema"));
            case null, default -> null;
        };
    }

    private static OutputFormat schema(JsonNode given) throws UnsayableException {
        ObjectNode schema = Fields.object(given, "schema");
        if (schema == null) {
            throw new UnsayableException(
                    "response_format.json_schema.schema: expected an object, a JSON Schema");
        }
        return new OutputFormat.JsonSchema(
                Objects.requireNonNullElse(Fields.text(given, "name"), "answer"),
                schema,
                Fields.flag(given, "strict"),
                Fields.text(given, "description"));
    }

    private static Reasoning reasoning(@Nullable String effort) {
        if (effort == null) {
            return Reasoning.UNSAID;
        }
        return effort.equals("none")
                ? new Reasoning(false, null, null, null)
                : new Reasoning(null, effort, null, null);
    }

    private static Session session(ObjectNode body) {
        String user = Fields.text(body, "safety_identifier");
        return new Session(
                user == null ? Fields.text(body, "user") : user,
                Fields.object(body, "metadata"),
                Fields.text(body, "service_tier"),
                Fields.flag(body, "store"),
                Fields.text(body, "prompt_cache_key"));
    }
}
