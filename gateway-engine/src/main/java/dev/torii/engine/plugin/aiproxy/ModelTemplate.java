package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The configured model and its options, in whose texts `$(headers.NAME)`, `$(uri_captures.NAME)`
/// and `$(query_params.NAME)` stand for what the request says there.
final class ModelTemplate {

    private static final String OPENING = "$(";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\(([^()]*)\\)");
    private static final Pattern EXPRESSION = Pattern.compile("([^.]+)\\.(.+)");

    private final @Nullable String name;
    private final ObjectNode options;
    private final boolean optionsTemplated;

    ModelTemplate(AiProxyConfig.Model model) {
        name = model.name();
        options = model.options() == null ? Json.object() : model.options();
        optionsTemplated = templated(options);
    }

    private static boolean templated(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().contains(OPENING);
        }
        for (JsonNode child : node) {
            if (templated(child)) {
                return true;
            }
        }
        return false;
    }

    /// The model's name for this request; null when none is configured.
    @Nullable String name(Exchange exchange) throws RejectedException {
        return name == null ? null : fill(name, exchange);
    }

    /// The options for this request. They may be shared between requests: not to be changed.
    ObjectNode options(Exchange exchange) throws RejectedException {
        if (!optionsTemplated) {
            return options;
        }
        ObjectNode filled = options.deepCopy();
        fill(filled, exchange);
        return filled;
    }

    private static void fill(ObjectNode object, Exchange exchange) throws RejectedException {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value instanceof ObjectNode child) {
                fill(child, exchange);
            } else if (value.isTextual()) {
                object.put(name, fill(value.textValue(), exchange));
            }
        }
    }

    private static String fill(String text, Exchange exchange) throws RejectedException {
        if (!text.contains(OPENING)) {
            return text;
        }
        Matcher placeholder = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        int end = 0;
        while (placeholder.find()) {
            Matcher expression = EXPRESSION.matcher(placeholder.group(1));
            if (!expression.matches()) {
                break;
            }
            filled.append(text, end, placeholder.start());
            filled.append(value(expression.group(1), expression.group(2), exchange));
            end = placeholder.end();
        }
        if (text.indexOf(OPENING, end) >= 0) {
            throw new RejectedException("cannot parse expression for field '" + text + "'");
        }
        return filled.append(text, end, text.length()).toString();
    }

    private static String value(String source, String key, Exchange exchange)
            throws RejectedException {
        String value =
                switch (source) {
                    case "headers" -> exchange.request().header(key);
                    case "query_params" ->
                            exchange.request().queryValues(key).stream().findFirst().orElse(null);
                    case "uri_captures" -> capture(exchange.match(), key);
                    default ->
                            throw new RejectedException("source '" + source + "' is not supported");
                };
        if (value == null || value.isEmpty()) {
            throw new RejectedException(source + " key " + key + " was not provided");
        }
        return value;
    }

    private static @Nullable String capture(@Nullable MatchedRoute match, String group) {
        return match == null ? null : match.uriCaptures().get(group);
    }
}
