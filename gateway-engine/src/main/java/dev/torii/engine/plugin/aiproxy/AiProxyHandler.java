package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.exchange.RouteFormat;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which model a request goes to, and whether it may. The provider's codec then does what
/// was decided to the body.
final class AiProxyHandler implements PluginHandler {

    private final String pluginId;
    private final AiProxyConfig config;
    private final RouteType routeType;
    private final RouteFormat format;
    private final ModelTemplate model;
    private final LlmTarget.@Nullable Auth auth;

    /// @param missing what the credential lacks, in words; null when it has all
    AiProxyHandler(String pluginId, AiProxyConfig config, @Nullable String missing) {
        this.pluginId = pluginId;
        this.config = config;
        this.routeType = config.route();
        this.format = config.format();
        this.model = new ModelTemplate(config.model());
        this.auth = config.auth() == null ? null : config.auth().toTarget(missing);
    }

    @Override
    public boolean needsBody() {
        return true;
    }

    @Override
    public long maxBodySize() {
        return config.maxRequestBodySize();
    }

    @Override
    public RouteFormat format() {
        return format;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        try {
            ClientCall client = exchange.clientCall();
            if (client == null) {
                throw new RejectedException(
                        "cannot tell what is asked for: no known path, header or body of an LLM"
                                + " API; set llm_format, or ask at a path such as"
                                + " /v1/chat/completions");
            }
            if (client.operation() == Operation.MODELS) {
                return models(client, model.name(exchange));
            }
            exchange.llm(call(exchange, client));
            return Decision.proceed();
        } catch (RejectedException e) {
            return e.toDecision();
        }
    }

    /// The one model that there is to ask for.
    private Decision models(ClientCall client, @Nullable String name) throws RejectedException {
        if (name == null) {
            throw new RejectedException(
                    "any model may be asked for here; there is no list of them");
        }
        var card = new ModelCard(name, config.model().provider(), Instant.EPOCH, null, null);
        String asked = client.model();
        if (asked != null && !asked.equals(name)) {
            return Decision.llmError(
                    404, "there is no model '" + asked + "' here; the one there is: " + name);
        }
        if (auth != null && auth.missing() != null) {
            return Decision.llmError(
                    500, GatewayError.NoCredential.of(name, auth.missing()).message());
        }
        byte[] list =
                asked == null
                        ? client.dialect().writeModels(List.of(card))
                        : client.dialect().writeModel(card);
        return new Decision.Answer(
                200,
                Map.of("Content-Type", "application/json"),
                new String(list, StandardCharsets.UTF_8));
    }

    private LlmCall call(Exchange exchange, ClientCall client) throws RejectedException {
        LlmBody request = exchange.body();
        String configuredModel = model.name(exchange);
        ObjectNode options = model.options(exchange);
        boolean passes = client.operation() == Operation.PASS;
        if (!passes) {
            checkBody(client, request);
        }
        String chosenModel = chooseModel(configuredModel, client.model(), passes);
        if (!passes) {
            checkFormat(request);
        }
        if (client.stream() && config.streamingDenied()) {
            throw new RejectedException("response streaming is not enabled for this LLM");
        }
        LlmTarget target =
                LlmTarget.of(config.model().provider(), chosenModel, routeType, options, auth);
        return new LlmCall(
                target,
                client,
                request,
                streamed(client),
                config.modelNameHeader(),
                config.logging().logStatistics(),
                config.logging().logPayloads());
    }

    /// Whether there is anything to answer.
    private static void checkBody(ClientCall client, LlmBody request) throws RejectedException {
        ObjectNode body = request.json();
        boolean asks =
                body != null
                        && switch (client.operation()) {
                            case CHAT, COMPLETIONS ->
                                    client.dialect().holdsChat(body) || request.prompt() != null;
                            case EMBEDDINGS -> body.has("input");
                            default -> true;
                        };
        if (!asks) {
            throw new RejectedException("request body doesn't contain valid prompts");
        }
    }

    private static @Nullable String chooseModel(
            @Nullable String configured, @Nullable String wanted, boolean passes)
            throws RejectedException {
        if (configured == null) {
            if (wanted == null && !passes) {
                throw new RejectedException(
                        "model parameter not found in request, nor in gateway configuration");
            }
            return wanted;
        }
        if (wanted != null && !wanted.equals(configured)) {
            throw new RejectedException("cannot use own model - must be: " + configured);
        }
        return configured;
    }

    /// In OpenAI's format the body and the route have to mean the same; in others the request says
    /// by itself what it is.
    private void checkFormat(LlmBody request) throws RejectedException {
        if (!config.llmFormat().equals("openai")
                || (routeType != RouteType.CHAT && routeType != RouteType.COMPLETIONS)) {
            return;
        }
        boolean chat = request.chat();
        if (chat && request.prompt() != null) {
            throw new RejectedException("request matches multiple LLM request formats");
        }
        RouteType sent = chat ? RouteType.CHAT : RouteType.COMPLETIONS;
        if (sent != routeType) {
            throw new RejectedException(
                    "["
                            + sent.wireName()
                            + "] message format is not compatible with ["
                            + routeType.wireName()
                            + "] route type");
        }
    }

    /// Only a chat can be made to ask for a stream.
    private boolean streamed(ClientCall client) {
        boolean generates =
                client.operation() == Operation.CHAT || client.operation() == Operation.COMPLETIONS;
        return client.stream() || (config.streamingAlways() && generates);
    }

    @Override
    public void onLog(Exchange exchange) {
        CallLog.write(pluginId, exchange);
    }
}
