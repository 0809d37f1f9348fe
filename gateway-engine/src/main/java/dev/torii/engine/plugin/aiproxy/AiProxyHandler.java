package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Decides which model a request goes to, and whether it may. The provider's codec then does what
/// was decided to the body.
final class AiProxyHandler implements PluginHandler {

    private final String pluginId;
    private final AiProxyConfig config;
    private final RouteType routeType;
    private final ModelTemplate model;
    private final LlmTarget.@Nullable Auth auth;

    AiProxyHandler(String pluginId, AiProxyConfig config) {
        this.pluginId = pluginId;
        this.config = config;
        this.routeType = config.route();
        this.model = new ModelTemplate(config.model());
        this.auth = config.auth() == null ? null : config.auth().toTarget();
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
    public Decision onRequest(Exchange exchange) {
        try {
            exchange.llm(call(exchange));
            return Decision.proceed();
        } catch (RejectedException e) {
            return e.toDecision();
        }
    }

    private LlmCall call(Exchange exchange) throws RejectedException {
        LlmBody request = exchange.body();
        String configuredModel = model.name(exchange);
        ObjectNode options = model.options(exchange);
        if (!config.openAiFormat()) {
            throw new RejectedException(
                    "no transformer for "
                            + config.model().provider()
                            + "://"
                            + routeType.wireName());
        }
        if (routeType != RouteType.PRESERVE && !request.chat() && request.prompt() == null) {
            throw new RejectedException("request body doesn't contain valid prompts");
        }
        String chosenModel = chooseModel(configuredModel, request.model());
        if (routeType != RouteType.PRESERVE) {
            checkFormat(request);
        }
        if (request.stream() && config.streamingDenied()) {
            throw new RejectedException("response streaming is not enabled for this LLM");
        }
        LlmTarget target =
                new LlmTarget(
                        config.model().provider(),
                        chosenModel,
                        routeType,
                        options,
                        auth,
                        cost(options, "input_cost"),
                        cost(options, "output_cost"));
        return new LlmCall(
                target,
                request,
                streamed(request),
                config.modelNameHeader(),
                config.logging().logStatistics(),
                config.logging().logPayloads());
    }

    private @Nullable String chooseModel(@Nullable String configured, @Nullable String wanted)
            throws RejectedException {
        if (configured == null) {
            if (wanted == null && routeType != RouteType.PRESERVE) {
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

    private void checkFormat(LlmBody request) throws RejectedException {
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

    /// A preserved body cannot be made to ask for a stream.
    private boolean streamed(LlmBody request) {
        return request.stream() || (config.streamingAlways() && routeType != RouteType.PRESERVE);
    }

    private static @Nullable BigDecimal cost(ObjectNode options, String name) {
        return options.path(name).isNumber() ? options.get(name).decimalValue() : null;
    }

    @Override
    public void onLog(Exchange exchange) {
        LlmCall call = exchange.llm();
        if (call != null && call.logStatistics()) {
            new CallLog(pluginId, exchange, call).write();
        }
    }
}
