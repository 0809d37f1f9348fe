package dev.torii.engine.plugin.prompttemplate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.prompttemplate.PromptTemplateConfig.Entry;
import dev.torii.model.llm.LlmBody;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Puts a configured request in place of one that names it.
final class PromptTemplateHandler implements PluginHandler {

    private final Map<String, Template> templates = new HashMap<>();
    private final boolean plainRequestsPass;
    private final boolean logOriginal;
    private final long maxBodySize;

    PromptTemplateHandler(PromptTemplateConfig config) {
        for (Entry entry : config.templates()) {
            templates.putIfAbsent(entry.name(), new Template(entry.template()));
        }
        plainRequestsPass = config.allowUntemplatedRequests();
        logOriginal = config.logOriginalRequest();
        maxBodySize = config.maxRequestBodySize();
    }

    @Override
    public boolean needsBody() {
        return true;
    }

    @Override
    public long maxBodySize() {
        return maxBodySize;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        LlmBody request = exchange.body();
        if (logOriginal) {
            exchange.log()
                    .withObjectProperty("ai")
                    .withObjectProperty("payload")
                    .put(
                            "original_request",
                            new String(request.original(), StandardCharsets.UTF_8));
        }
        ObjectNode body = request.jsonOfAnyType();
        if (body == null) {
            return refused("this LLM route only supports application/json requests");
        }
        return switch (TemplateReference.in(body)) {
            case TemplateReference.Unusable(String message) -> refused(message);
            case TemplateReference.Plain() ->
                    plainRequestsPass
                            ? Decision.proceed()
                            : refused("this LLM route only supports templated requests");
            case TemplateReference.Named(String name) -> render(name, body, request);
        };
    }

    private Decision render(String name, ObjectNode body, LlmBody request) {
        Template template = templates.get(name);
        if (template == null) {
            return refused("could not find template name [" + name + "]");
        }
        JsonNode properties = body.path("properties");
        if (!properties.isObject() && !properties.isMissingNode() && !properties.isNull()) {
            return refused("properties must be an object");
        }
        Map<String, String> values = new HashMap<>();
        for (var property : properties.properties()) {
            String value = property.getValue().textValue();
            if (value == null) {
                return refused(
                        "property values must be a string, got " + typeOf(property.getValue()));
            }
            values.put(property.getKey(), value);
        }
        String missing =
                template.parameters().stream()
                        .filter(parameter -> !values.containsKey(parameter))
                        .map(parameter -> "[" + parameter + "]")
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return refused("missing template parameters: " + missing);
        }
        ObjectNode rendered = template.render(values);
        if (rendered == null) {
            return refused("template [" + name + "] does not make JSON of these properties");
        }
        request.replace(rendered);
        return Decision.proceed();
    }

    /// The type's name as Kong's clients know it.
    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case ARRAY, OBJECT -> "table";
            default -> "null";
        };
    }

    private static Decision refused(String message) {
        return Decision.llmError(400, message);
    }
}
