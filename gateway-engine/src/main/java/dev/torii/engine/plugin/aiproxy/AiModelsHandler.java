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
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Serves clients of every dialect, and sends each request to the provider that its `model` names.
final class AiModelsHandler implements PluginHandler {

    private static final RouteFormat FORMAT = new RouteFormat("auto", RouteType.CHAT);
    private static final Set<String> PROBES = Set.of("GET", "HEAD");
    private static final String PROBED =
            "Torii is here. Ask at /v1/chat/completions, /v1/responses,"
                    + " /v1/messages, /v1/embeddings, /v1/models or /v1beta/models.\n";

    private final String pluginId;
    private final AiModelsConfig config;
    private final Map<String, String> missing;
    private final ModelNames names;

    /// @param missing what targets lack, in words, by their names
    AiModelsHandler(String pluginId, AiModelsConfig config, Map<String, String> missing) {
        this.pluginId = pluginId;
        this.config = config;
        this.missing = missing;
        this.names = new ModelNames(config, missing.keySet());
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
        return FORMAT;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        ClientCall client = exchange.clientCall();
        if (client == null) {
            return exchange.request().path().equals("/")
                            && PROBES.contains(exchange.request().method())
                    ? new Decision.Answer(200, Map.of("Content-Type", "text/plain"), PROBED)
                    : Decision.llmError(404, "nothing is served at " + exchange.request().path());
        }
        if (client.operation() == Operation.MODELS) {
            return models(client);
        }
        String asked = client.model();
        if (asked == null && client.operation() != Operation.PASS) {
            return Decision.llmError(
                    400, "the request names no model; expected one of: " + names.choices());
        }
        ModelNames.Named named = names.find(asked == null ? "" : asked, client.dialect().vendor());
        if (named == null && asked == null) {
            return Decision.llmError(
                    400,
                    "the request names no model, and no target is of the provider whose dialect it"
                            + " is in; expected one of: "
                            + names.choices());
        }
        if (named == null) {
            return Decision.llmError(
                    404,
                    "there is no model '" + asked + "' here; ask for one of: " + names.choices());
        }
        exchange.llm(call(exchange, client, named));
        return Decision.proceed();
    }

    private LlmCall call(Exchange exchange, ClientCall client, ModelNames.Named named) {
        AiProxyConfig.Auth auth = named.target().auth();
        ObjectNode options = named.target().model().options();
        LlmTarget target =
                LlmTarget.of(
                        named.target().model().provider(),
                        named.model().isEmpty() ? null : named.model(),
                        RouteType.CHAT,
                        options == null ? Json.object() : options,
                        auth == null ? null : auth.toTarget(missing.get(named.target().name())));
        return new LlmCall(
                target,
                client,
                exchange.body(),
                client.stream(),
                config.modelNameHeader(),
                config.logging().logStatistics(),
                config.logging().logPayloads());
    }

    private Decision models(ClientCall client) {
        String asked = client.model();
        if (asked == null) {
            return json(
                    client.dialect()
                            .writeModels(
                                    names.listed().stream().map(AiModelsHandler::card).toList()));
        }
        ModelNames.Listed found = names.listed(asked);
        if (found == null) {
            return Decision.llmError(404, "there is no model '" + asked + "' in the list here");
        }
        String lacked = missing.get(found.named().target().name());
        return lacked == null
                ? json(client.dialect().writeModel(card(found)))
                : Decision.llmError(
                        500, GatewayError.NoCredential.of(found.id(), lacked).message());
    }

    private static ModelCard card(ModelNames.Listed listed) {
        String provider = listed.named().target().model().provider();
        return new ModelCard(listed.id(), provider, Instant.EPOCH, null, null);
    }

    private static Decision json(byte[] body) {
        return new Decision.Answer(
                200,
                Map.of("Content-Type", "application/json"),
                new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void onLog(Exchange exchange) {
        CallLog.write(pluginId, exchange);
    }
}
