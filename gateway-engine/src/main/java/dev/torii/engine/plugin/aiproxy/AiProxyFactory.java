package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes [AiProxyHandler]s.
@AutoService(PluginFactory.class)
public final class AiProxyFactory implements PluginFactory {

    private static final PluginType TYPE =
            new PluginType(
                    "ai-proxy",
                    770,
                    Schema.load("ai-proxy", AiProxyFactory.class, "schema.json"),
                    PluginType.ALL_SCOPES);

    private static final Set<String> KONG_PROVIDERS =
            Set.of(
                    "openai",
                    "azure",
                    "anthropic",
                    "cohere",
                    "mistral",
                    "llama2",
                    "gemini",
                    "bedrock",
                    "huggingface");

    private static final Set<String> KONG_ROUTES =
            Set.of("llm/v1/chat", "llm/v1/completions", "preserve");

    private static final String AUTH = "config.auth";
    private static final Set<String> SIGNED = Set.of("bedrock", "gemini");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern WEB = Pattern.compile("(?i)https?://.*|.*\\$\\(.*");

    @Override
    public PluginType type() {
        return TYPE;
    }

    /// Source: Kong's schema of the plugin.
    @Override
    public boolean isToriiOnly(ObjectNode config) {
        String provider = config.path("model").path("provider").asText();
        String format = config.path("llm_format").asText("openai");
        return !KONG_PROVIDERS.contains(provider)
                || !KONG_ROUTES.contains(config.path("route_type").asText())
                || !(format.equals("openai")
                        || (SIGNED.contains(format) && format.equals(provider)));
    }

    @Override
    public List<Violation> check(ObjectNode config) {
        List<Violation> violations = new ArrayList<>();
        JsonNode auth = config.path("auth");
        JsonNode model = config.path("model");
        String provider = model.path("provider").asText();
        if (SIGNED.contains(provider) && auth.path("allow_override").asBoolean()) {
            violations.add(
                    Violation.of(
                            "bedrock and gemini only support auth.allow_override = false",
                            Violation.ENTITY));
        }
        if (provider.equals("anthropic")
                && config.path("route_type").asText().equals("llm/v1/completions")
                && config.path("logging").path("log_statistics").asBoolean()) {
            violations.add(
                    Violation.of(
                            "anthropic does not support statistics when route_type is"
                                    + " llm/v1/completions",
                            Violation.ENTITY));
        }
        checkAddress(model.path("options").path("upstream_url"), violations);
        checkHeader(auth, violations);
        return violations;
    }

    private static void checkAddress(JsonNode url, List<Violation> violations) {
        if (url.isTextual() && !WEB.matcher(url.textValue()).matches()) {
            violations.add(
                    Violation.of(
                            "expected an http:// or https:// address, got '"
                                    + url.textValue()
                                    + "'",
                            "model",
                            "options",
                            "upstream_url"));
        }
    }

    /// What no HTTP request can carry. The value is a key and is not repeated.
    private static void checkHeader(JsonNode auth, List<Violation> violations) {
        JsonNode name = auth.path("header_name");
        if (name.isTextual() && !HEADER_NAME.matcher(name.textValue()).matches()) {
            violations.add(
                    Violation.of(
                            "'" + name.textValue() + "' is not the name of a header",
                            "auth",
                            "header_name"));
        }
        JsonNode value = auth.path("header_value");
        if (value.isTextual() && value.textValue().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            violations.add(
                    Violation.of(
                            "contains a line break or another control character; paste the key as"
                                    + " one line",
                            "auth",
                            "header_value"));
        }
    }

    /// Whoever asks is told what the model lacks.
    @Override
    public boolean runsWithout(String field) {
        return field.startsWith(AUTH + ".");
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new AiProxyHandler(
                context.plugin().id(),
                AiProxyConfig.from(context.plugin().config()),
                context.missingIn(AUTH));
    }
}
