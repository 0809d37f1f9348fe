package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one LLM call leaves in the log line, under `ai.proxy`.
final class CallLog {

    private static final String UNKNOWN = "UNSPECIFIED";
    private static final String MASK = "••••";

    private final String pluginId;
    private final Exchange exchange;
    private final LlmCall call;
    private final LlmTarget target;

    private CallLog(String pluginId, Exchange exchange, LlmCall call) {
        this.pluginId = pluginId;
        this.exchange = exchange;
        this.call = call;
        this.target = call.target();
    }

    /// Leaves it where the plugin's configuration wants it.
    static void write(String pluginId, Exchange exchange) {
        LlmCall call = exchange.llm();
        if (call != null && call.logStatistics()) {
            new CallLog(pluginId, exchange, call).write();
        }
    }

    private void write() {
        ObjectNode proxy = exchange.log().withObjectProperty("ai").withObjectProperty("proxy");
        meta(proxy.putObject("meta"));
        usage(proxy.putObject("usage"));
        if (call.logPayloads()) {
            payload(proxy.putObject("payload"));
        }
    }

    private void meta(ObjectNode meta) {
        String requested = Objects.requireNonNullElse(target.model(), UNKNOWN);
        meta.put("plugin_id", pluginId)
                .put("provider_name", target.provider())
                .put("request_model", requested)
                .put("response_model", Objects.requireNonNullElse(call.responseModel(), requested))
                .put("llm_latency", latency());
        if (target.provider().equals("azure")) {
            meta.set("azure_instance_id", target.options().get("azure_instance"));
            meta.set("azure_deployment_id", target.options().get("azure_deployment_id"));
            meta.set("azure_api_version", target.options().get("azure_api_version"));
        }
    }

    private void usage(ObjectNode log) {
        TokenUsage usage = call.usage();
        long completion = usage == null ? 0 : usage.completionTokens();
        log.put("time_per_token", completion == 0 ? 0 : (double) latency() / completion)
                .put("prompt_tokens", usage == null ? 0 : usage.promptTokens())
                .put("completion_tokens", completion)
                .put("total_tokens", usage == null ? 0 : usage.totalTokens())
                .put("cost", Objects.requireNonNullElse(call.costUsd(), BigDecimal.ZERO));
        long firstToken = exchange.timings().firstTokenMillis();
        if (firstToken >= 0) {
            log.put("time_to_first_token", firstToken);
        }
    }

    /// Milliseconds from asking the provider to the end of its answer.
    private long latency() {
        return exchange.timings().totalMillis() - exchange.timings().gatewayMillis();
    }

    private void payload(ObjectNode log) {
        byte[] sent = call.upstreamBody();
        if (sent != null) {
            log.put("request", withoutKey(sent));
        }
        byte[] answer = call.answerBody();
        log.put(
                "response",
                answer == null
                        ? Json.text(composed())
                        : new String(answer, StandardCharsets.UTF_8));
    }

    /// The body as sent, save that a key which travels in the body is masked.
    private String withoutKey(byte[] sent) {
        LlmTarget.Auth auth = target.auth();
        String param = auth == null ? null : auth.paramName();
        if (auth != null && param != null && "body".equals(auth.paramLocation())) {
            ObjectNode body = Json.parseObjectOrNull(sent);
            if (body != null && body.has(param)) {
                return Json.text(body.put(param, MASK));
            }
        }
        return new String(sent, StandardCharsets.UTF_8);
    }

    /// A streamed answer in the shape of one that was not.
    private ObjectNode composed() {
        boolean chat = target.routeType() != RouteType.COMPLETIONS;
        ObjectNode answer =
                Json.object().put("object", chat ? "chat.completion" : "text_completion");
        answer.put("model", Objects.requireNonNullElse(call.responseModel(), target.model()));
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        if (chat) {
            choice.putObject("message").put("role", "assistant").put("content", call.answer());
        } else {
            choice.put("text", call.answer());
        }
        usage(call.usage(), answer);
        return answer;
    }

    private static void usage(@Nullable TokenUsage usage, ObjectNode answer) {
        if (usage != null) {
            answer.putObject("usage")
                    .put("prompt_tokens", usage.promptTokens())
                    .put("completion_tokens", usage.completionTokens())
                    .put("total_tokens", usage.totalTokens());
        }
    }
}
