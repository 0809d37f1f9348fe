package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.chat.ChatProfile.Feature;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;

/// Writes the body of `POST /v1/chat/completions`: model and tools first, then the messages, then
/// the rest, since prompt caches go by what a body begins with.
final class ChatRequestWriter {

    private final LlmRequest request;
    private final ChatProfile profile;
    private final Losses losses;

    ChatRequestWriter(LlmRequest request, ChatProfile profile, Losses losses) {
        this.request = request;
        this.profile = profile;
        this.losses = losses;
    }

    ObjectNode json() throws UnsayableException {
        ObjectNode json = Json.object();
        if (request.model() != null) {
            json.put("model", request.model());
        }
        new ChatToolWriter(request, profile, losses).writeTo(json);
        ArrayNode messages = new ChatTurns(profile, losses).of(request.messages());
        json.set("messages", messages);
        if (request.limit() != null) {
            json.put(profile.limitField(), request.limit().tokens());
        }
        choices(json);
        new ChatOptions(profile, losses).write(request, json);
        ChatEffort.write(request, profile, losses, json);
        format(json, messages);
        if (request.stream()) {
            json.put("stream", true);
            if (profile.has(Feature.STREAM_USAGE)) {
                json.putObject("stream_options").put("include_usage", true);
            }
        }
        extra(json);
        return json;
    }

    private void choices(ObjectNode json) throws UnsayableException {
        if (!profile.has(Feature.CHOICES)) {
            Unsaid.severalAnswers(request);
        } else if (request.choices() != 1) {
            json.put("n", request.choices());
        }
    }

    private void format(ObjectNode json, ArrayNode messages) {
        switch (request.format()) {
            case OutputFormat.Text _ -> json.putObject("response_format").put("type", "text");
            case OutputFormat.JsonObject _ ->
                    json.putObject("response_format").put("type", "json_object");
            case OutputFormat.JsonSchema schema -> schema(schema, json, messages);
            case null -> {}
        }
    }

    private void schema(OutputFormat.JsonSchema wanted, ObjectNode json, ArrayNode messages) {
        ObjectNode format = json.putObject("response_format");
        if (!profile.has(Feature.SCHEMAS)) {
            losses.approximated("response_format.json_schema");
            format.put("type", "json_object");
            hint(
                    "Answer with one JSON object that fits this JSON Schema: "
                            + Json.text(wanted.schema()),
                    messages);
            return;
        }
        ObjectNode schema = format.put("type", "json_schema").putObject("json_schema");
        schema.put("name", wanted.name());
        if (wanted.description() != null) {
            schema.put("description", wanted.description());
        }
        if (wanted.strict() != null) {
            schema.put("strict", wanted.strict());
        }
        schema.set("schema", wanted.schema());
    }

    /// Behind the system messages at the start.
    private static void hint(String text, ArrayNode messages) {
        int leading = 0;
        while (messages.path(leading).path("role").asText().equals("system")) {
            leading++;
        }
        messages.insertObject(leading).put("role", "system").put("content", text);
    }

    private void extra(ObjectNode json) {
        if (profile.has(Feature.UNKNOWN_FIELDS)
                && request.extra().dialect().equals(ChatDialect.NAME)) {
            request.extra().writeTo(json, ChatDialect.NAME);
        } else {
            request.extra().fields().fieldNames().forEachRemaining(losses::dropped);
        }
    }
}
