package dev.torii.engine.plugin.aiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CallLogTest {

    private static final long MILLI = 1_000_000;

    private final PluginBench bench = new PluginBench(new AiProxyFactory());

    @Test
    void writesWhatTheCallTook() {
        Exchange exchange = answered(log("'log_statistics':true"));

        assertThat(Json.text(exchange.log()))
                .isEqualTo(
                        Json.text(
                                PluginBench.json(
                                        """
                                        {'ai':{'proxy':{
                                          'meta':{'plugin_id':'%s','provider_name':'openai',
                                                  'request_model':'gpt-4o-mini',
                                                  'response_model':'gpt-4o-mini-2024-07-18','llm_latency':90},
                                          'usage':{'time_per_token':22.5,'prompt_tokens':7,
                                                   'completion_tokens':4,'total_tokens':11,
                                                   'cost':0.00000345,'time_to_first_token':40}}}}\
                                        """
                                                .formatted(PluginBench.PLUGIN_ID))));
    }

    @Test
    void writesPayloadsOnlyWhenAskedTo() throws MalformedJsonException {
        Exchange exchange = answered(log("'log_statistics':true,'log_payloads':true"));

        JsonNode payload = exchange.log().at("/ai/proxy/payload");
        assertThat(payload.get("request").textValue()).isEqualTo("{\"sent\":\"登山\"}");
        assertThat(Json.parse(payload.get("response").textValue()))
                .isEqualTo(
                        PluginBench.json(
                                """
                                {'object':'chat.completion','model':'gpt-4o-mini-2024-07-18',
                                 'choices':[{'index':0,'message':{'role':'assistant','content':'答え'}}],
                                 'usage':{'prompt_tokens':7,'completion_tokens':4,'total_tokens':11}}\
                                """));
    }

    @Test
    void writesAnAnswerThatWasNotStreamedAsItCame() {
        PluginHandler handler = log("'log_statistics':true,'log_payloads':true");
        Exchange exchange = started(handler);
        call(exchange).answerBody(bytes("{ \"choices\": [] }"));

        handler.onLog(exchange);

        assertThat(exchange.log().at("/ai/proxy/payload/response").textValue())
                .isEqualTo("{ \"choices\": [] }");
    }

    @Test
    void writesNothingWithoutStatistics() {
        assertThat(answered(log("'log_payloads':true")).log()).isEmpty();
    }

    @Test
    void writesNothingForARequestThatWasRefused() {
        PluginHandler handler = log("'log_statistics':true");
        Exchange exchange = Exchanges.withBody("");

        handler.onRequest(exchange);
        handler.onLog(exchange);

        assertThat(exchange.log()).isEmpty();
    }

    @Test
    void writesZeroesForACallThatGotNoAnswer() {
        PluginHandler handler = log("'log_statistics':true,'log_payloads':true");
        Exchange exchange = started(handler);

        handler.onLog(exchange);

        assertThat(exchange.log().at("/ai/proxy/usage").toString())
                .isEqualTo(
                        "{\"time_per_token\":0.0,\"prompt_tokens\":0,\"completion_tokens\":0,"
                                + "\"total_tokens\":0,\"cost\":0}");
        assertThat(exchange.log().at("/ai/proxy/meta/response_model").textValue())
                .isEqualTo("gpt-4o-mini");
        assertThat(exchange.log().at("/ai/proxy/payload").has("request")).isFalse();
    }

    @Test
    void masksAKeyThatTravelsInTheBody() {
        PluginHandler handler =
                bench.handler(
                        """
                        {'route_type':'llm/v1/chat','model':{'provider':'openai','name':'m'},
                         'auth':{'param_name':'key','param_value':'sk-secret','param_location':'body'},
                         'logging':{'log_statistics':true,'log_payloads':true}}\
                        """);
        Exchange exchange = started(handler);
        call(exchange).upstreamBody(bytes("{\"key\":\"sk-secret\",\"n\":1.0}"));

        handler.onLog(exchange);

        assertThat(exchange.log().toString()).doesNotContain("sk-secret");
        assertThat(exchange.log().at("/ai/proxy/payload/request").textValue())
                .isEqualTo("{\"key\":\"••••\",\"n\":1.0}");
    }

    @Test
    void namesTheAzureDeployment() {
        PluginHandler handler =
                bench.handler(
                        """
                        {'route_type':'llm/v1/chat','logging':{'log_statistics':true},
                         'model':{'provider':'azure','name':'m',
                                  'options':{'azure_instance':'i','azure_deployment_id':'d'}}}\
                        """);
        Exchange exchange = started(handler);

        handler.onLog(exchange);

        ObjectNode meta = (ObjectNode) exchange.log().at("/ai/proxy/meta");
        assertThat(meta.get("azure_instance_id").textValue()).isEqualTo("i");
        assertThat(meta.get("azure_deployment_id").textValue()).isEqualTo("d");
        assertThat(meta.get("azure_api_version").textValue()).isEqualTo("2023-05-15");
    }

    private PluginHandler log(String logging) {
        return bench.handler(
                "{'route_type':'llm/v1/chat','model':{'provider':'openai','name':'gpt-4o-mini'},"
                        + "'logging':{"
                        + logging
                        + "}}");
    }

    private static Exchange started(PluginHandler handler) {
        Exchange exchange =
                Exchanges.withBody("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        handler.onRequest(exchange);
        return exchange;
    }

    /// Sent after 10 ms, first token after 40, ended after 100.
    private static Exchange answered(PluginHandler handler) {
        Exchange exchange = started(handler);
        long start = exchange.timings().started();
        exchange.timings().sentUpstream(start + 10 * MILLI);
        exchange.timings().firstToken(start + 40 * MILLI);
        exchange.timings().ended(start + 100 * MILLI);
        LlmCall call = call(exchange);
        call.upstreamBody(bytes("{\"sent\":\"登山\"}"));
        call.responseModel("gpt-4o-mini-2024-07-18");
        call.usage(new TokenUsage(5, 2, 0, 4, 0, TokenUsage.Source.FINAL));
        call.costUsd(new BigDecimal("0.00000345"));
        call.answer(() -> "答え");
        // As the recorder does, once the usage is known.
        call(exchange).forgetTexts(true);
        handler.onLog(exchange);
        return exchange;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LlmCall call(Exchange exchange) {
        return Objects.requireNonNull(exchange.llm());
    }
}
