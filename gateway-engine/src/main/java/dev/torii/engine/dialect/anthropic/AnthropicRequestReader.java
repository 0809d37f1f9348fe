package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import dev.torii.model.llm.Tool;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of `POST /v1/messages`, and of `/v1/messages/count_tokens`, which is the same
/// without a limit. Source: Anthropic's API reference, "Create a Message".
final class AnthropicRequestReader {

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "max_tokens",
                    "stop_sequences",
                    "temperature",
                    "top_p",
                    "top_k",
                    "stream",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "output_format",
                    "metadata",
                    "service_tier");

    private static final Set<String> THINKING = Set.of("enabled", "adaptive", "disabled");

    private final ObjectNode body;
    private final AnthropicExtras extras = new AnthropicExtras();

    AnthropicRequestReader(ObjectNode body) {
        this.body = body;
    }

    LlmRequest read() throws UnsayableException {
        List<Message> messages = AnthropicMessageReader.read(body);
        List<Tool> tools = AnthropicToolReader.read(body.path("tools"), extras);
        Integer limit = Fields.integer(body, "max_tokens");
        JsonNode choice = body.path("tool_choice");
        others();
        return new LlmRequest(
                Fields.text(body, "model"),
                messages,
                tools,
                AnthropicToolReader.choice(choice),
                AnthropicToolReader.parallel(choice),
                sampling(),
                limit == null ? null : new OutputLimit(limit, "max_tokens"),
                format(),
                null,
                reasoning(),
                session(),
                1,
                body.path("stream").booleanValue(),
                true,
                new Extra(AnthropicDialect.NAME, extras.fields()));
    }

    /// What only Anthropic knows. Fields of known objects are kept under both names, such as
    /// `thinking.display`.
    private void others() {
        for (var field : body.properties()) {
            if (!KNOWN.contains(field.getKey())) {
                extras.keepField(field.getKey(), field.getValue());
            }
        }
        others("thinking", Set.of("type", "budget_tokens"));
        others("output_config", Set.of("effort", "format"));
        others("tool_choice", Set.of("type", "name", "disable_parallel_tool_use"));
        others("metadata", Set.of("user_id"));
        if (!THINKING.contains(body.path("thinking").path("type").asText("enabled"))) {
            extras.keepField("thinking", body.path("thinking"));
        }
    }

    private void others(String object, Set<String> known) {
        for (var field : body.path(object).properties()) {
            if (!known.contains(field.getKey())) {
                extras.keepField(object + "." + field.getKey(), field.getValue());
            }
        }
    }

    private Sampling sampling() {
        return new Sampling(
                Fields.number(body, "temperature"),
                Fields.number(body, "top_p"),
                Fields.integer(body, "top_k"),
                null,
                null,
                null,
                Fields.texts(body, "stop_sequences"),
                null,
                null,
                null);
    }

    /// Anthropic gives a schema no name; others want one.
    private @Nullable OutputFormat format() {
        JsonNode format = body.path("output_config").path("format");
        if (format.isMissingNode()) {
            format = body.path("output_format");
        }
        ObjectNode schema = Fields.object(format, "schema");
        return schema == null ? null : new OutputFormat.JsonSchema("answer", schema, null, null);
    }

    /// Thoughts that are not left out are told, so others are asked to tell theirs.
    private Reasoning reasoning() {
        JsonNode thinking = body.path("thinking");
        String effort = Fields.text(body.path("output_config"), "effort");
        String display = Fields.text(thinking, "display");
        return switch (Fields.text(thinking, "type")) {
            case "enabled" ->
                    new Reasoning(
                            true,
                            effort,
                            Fields.integer(thinking, "budget_tokens"),
                            "omitted".equals(display) ? null : "auto");
            case "adaptive" ->
                    new Reasoning(true, effort, null, "summarized".equals(display) ? "auto" : null);
            case "disabled" -> new Reasoning(false, effort, null, null);
            case null, default -> new Reasoning(null, effort, null, null);
        };
    }

    private Session session() {
        return new Session(
                Fields.text(body.path("metadata"), "user_id"),
                null,
                "standard_only".equals(Fields.text(body, "service_tier"))
                        ? "default"
                        : Fields.text(body, "service_tier"),
                null,
                null);
    }
}
