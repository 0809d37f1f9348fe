package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the body of `POST /v1/responses`. What lies with OpenAI, such as an earlier answer, is
/// refused: without it, it would be another request. Source: OpenAI's API reference, "Create a
/// model response".
final class ResponsesRequestReader {

    private ResponsesRequestReader() {}

    static LlmRequest read(ObjectNode body) throws UnsayableException {
        refuseState(body);
        return new LlmRequest(
                Fields.text(body, "model"),
                messages(body),
                ResponsesTools.read(body),
                ResponsesToolChoice.read(body),
                Fields.flag(body, "parallel_tool_calls"),
                sampling(body),
                limit(body),
                format(body.path("text").path("format")),
                Fields.text(body.path("text"), "verbosity"),
                reasoning(body.path("reasoning")),
                session(body),
                1,
                body.path("stream").booleanValue(),
                true,
                ResponsesExtra.of(body));
    }

    private static void refuseState(ObjectNode body) throws UnsayableException {
        for (String field : new String[] {"previous_response_id", "conversation"}) {
            if (body.hasNonNull(field)) {
                throw new UnsayableException(
                        field
                                + ": what was said before lies with OpenAI; send the whole"
                                + " conversation in input");
            }
        }
        if (body.hasNonNull("prompt")) {
            throw new UnsayableException(
                    "prompt: the template lies with OpenAI; send its text in instructions");
        }
        if (body.path("background").booleanValue()) {
            throw new UnsayableException(
                    "background: true: the model answers at once or not at all; leave it out");
        }
    }

    private static List<Message> messages(ObjectNode body) throws UnsayableException {
        List<Message> messages = new ArrayList<>();
        String instructions = Fields.text(body, "instructions");
        if (instructions != null && !instructions.isEmpty()) {
            messages.add(new Message(Role.SYSTEM, List.of(new Part.Text(instructions))));
        }
        JsonNode input = body.path("input");
        if (input.isTextual()) {
            messages.add(new Message(Role.USER, List.of(new Part.Text(input.textValue()))));
        } else if (input.isArray()) {
            messages.addAll(new ResponsesInput(input).messages());
        } else if (messages.isEmpty() || body.hasNonNull("input")) {
            throw new UnsayableException("input: expected a string or an array of items");
        }
        return messages;
    }

    private static Sampling sampling(ObjectNode body) {
        boolean logprobs = Fields.texts(body, "include").contains(ResponsesExtra.LOGPROBS);
        return new Sampling(
                Fields.number(body, "temperature"),
                Fields.number(body, "top_p"),
                null,
                null,
                null,
                null,
                List.of(),
                logprobs ? Boolean.TRUE : null,
                Fields.integer(body, "top_logprobs"),
                null);
    }

    private static @Nullable OutputLimit limit(ObjectNode body) {
        Integer tokens = Fields.integer(body, "max_output_tokens");
        return tokens == null ? null : new OutputLimit(tokens, "max_output_tokens");
    }

    private static @Nullable OutputFormat format(JsonNode format) throws UnsayableException {
        return switch (Fields.text(format, "type")) {
            case "text" -> new OutputFormat.Text();
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format);
            case null, default -> null;
        };
    }

    private static OutputFormat schema(JsonNode format) throws UnsayableException {
        ObjectNode schema = Fields.object(format, "schema");
        if (schema == null) {
            throw new UnsayableException("text.format.schema: expected an object, a JSON Schema");
        }
        return new OutputFormat.JsonSchema(
                Objects.requireNonNullElse(Fields.text(format, "name"), "answer"),
                schema,
                Fields.flag(format, "strict"),
                Fields.text(format, "description"));
    }

    private static Reasoning reasoning(JsonNode reasoning) {
        String effort = Fields.text(reasoning, "effort");
        String summary = Fields.text(reasoning, "summary");
        summary = summary == null ? Fields.text(reasoning, "generate_summary") : summary;
        return "none".equals(effort)
                ? new Reasoning(false, null, null, summary)
                : new Reasoning(null, effort, null, summary);
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
