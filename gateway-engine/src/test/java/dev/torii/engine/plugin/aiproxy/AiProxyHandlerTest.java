package dev.torii.engine.plugin.aiproxy;

import static dev.torii.engine.plugin.PluginBench.decision;
import static dev.torii.engine.plugin.PluginBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AiProxyHandlerTest {

    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    private final PluginBench bench = new PluginBench(new AiProxyFactory());

    @Test
    void makesACallWithTheModelTheKeyAndTheOptionsOfTheGateway() {
        PluginHandler handler =
                bench.handler(
                        """
                        {'route_type':'llm/v1/chat',
                         'auth':{'header_name':'Authorization','header_value':'Bearer sk-x'},
                         'model':{'provider':'openai','name':'gpt-4o-mini',
                                  'options':{'max_tokens':1024,'temperature':0.70,'input_cost':0.15}}}\
                        """);
        Exchange exchange = asking("{" + HI + ",'temperature':2}");

        assertThat(decision(handler, exchange)).isEqualTo("proceed");

        LlmCall call = call(exchange);
        assertThat(call.target().provider()).isEqualTo("openai");
        assertThat(call.target().model()).isEqualTo("gpt-4o-mini");
        assertThat(call.target().routeType()).isEqualTo(RouteType.CHAT);
        assertThat(call.target().options().get("max_tokens").intValue()).isEqualTo(1024);
        assertThat(call.target().inputCost()).isEqualTo(new BigDecimal("0.15"));
        assertThat(call.target().outputCost()).isNull();
        var auth = Objects.requireNonNull(call.target().auth());
        assertThat(Objects.requireNonNull(auth.headerValue()).reveal()).isEqualTo("Bearer sk-x");
        assertThat(call.stream()).isFalse();
        assertThat(call.modelNameHeader()).isTrue();
        assertThat(exchange.body().edited()).isFalse();
        assertThat(call.target().toString()).doesNotContain("sk-x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'messages':",
                "[]",
                "{}",
                "{'messages':[]}",
                "{'messages':'hi'}",
                "{'prompt':['hi']}",
                "{'input':'hi'}"
            })
    void refusesABodyWithoutPrompts(String body) {
        assertThat(decision(chat(), asking(body)))
                .isEqualTo(refused("request body doesn't contain valid prompts"));
    }

    @Test
    void refusesABodyThatIsNotCalledJson() {
        Exchange exchange = Exchanges.of(FakeClientRequest.post("/chat"));
        exchange.body(new LlmBody(bytes("{" + HI + "}"), "text/plain"));

        assertThat(decision(chat(), exchange))
                .isEqualTo(refused("request body doesn't contain valid prompts"));
        assertThat(exchange.llm()).isNull();
    }

    @Test
    void takesTheClientsModelOnlyWhenItIsTheConfiguredOneOrNoneIs() {
        assertThat(decision(chat(), asking("{" + HI + ",'model':'gpt-4o-mini'}")))
                .isEqualTo("proceed");
        assertThat(decision(chat(), asking("{" + HI + ",'model':'gpt-4'}")))
                .isEqualTo(refused("cannot use own model - must be: gpt-4o-mini"));
        for (String none : new String[] {"''", "null", "7"}) {
            assertThat(decision(chat(), asking("{" + HI + ",'model':" + none + "}")))
                    .isEqualTo("proceed");
        }

        PluginHandler open = bench.handler(config("llm/v1/chat", "{'provider':'openai'}"));
        Exchange exchange = asking("{" + HI + ",'model':'gpt-4'}");
        assertThat(decision(open, exchange)).isEqualTo("proceed");
        assertThat(call(exchange).target().model()).isEqualTo("gpt-4");
        assertThat(decision(open, asking("{" + HI + "}")))
                .isEqualTo(
                        refused(
                                "model parameter not found in request, nor in gateway"
                                        + " configuration"));
    }

    @Test
    void wantsTheFormatOfTheRoute() {
        PluginHandler completions = bench.handler(config("llm/v1/completions", MINI));

        assertThat(decision(completions, asking("{'prompt':'hi'}"))).isEqualTo("proceed");
        assertThat(decision(completions, asking("{" + HI + "}")))
                .isEqualTo(
                        refused(
                                "[llm/v1/chat] message format is not compatible with"
                                        + " [llm/v1/completions] route type"));
        assertThat(decision(chat(), asking("{'prompt':'hi'}")))
                .isEqualTo(
                        refused(
                                "[llm/v1/completions] message format is not compatible with"
                                        + " [llm/v1/chat] route type"));
        assertThat(decision(chat(), asking("{'prompt':'hi'," + HI + "}")))
                .isEqualTo(refused("request matches multiple LLM request formats"));
    }

    @Test
    void saysTheFirstOfSeveralFaults() {
        assertThat(decision(chat(), asking("{'prompt':'hi','model':'other'}")))
                .isEqualTo(refused("cannot use own model - must be: gpt-4o-mini"));
    }

    @Test
    void streamsAsItIsTold() {
        String asksForStream = "{" + HI + ",'stream':true}";

        Exchange allowed = asking(asksForStream);
        assertThat(decision(chat(), allowed)).isEqualTo("proceed");
        assertThat(call(allowed).stream()).isTrue();

        PluginHandler deny = streaming("deny");
        assertThat(decision(deny, asking(asksForStream)))
                .isEqualTo(refused("response streaming is not enabled for this LLM"));
        assertThat(decision(deny, asking("{" + HI + "}"))).isEqualTo("proceed");

        Exchange always = asking("{" + HI + "}");
        assertThat(decision(streaming("always"), always)).isEqualTo("proceed");
        assertThat(call(always).stream()).isTrue();
    }

    private PluginHandler streaming(String how) {
        return bench.handler(
                "{'route_type':'llm/v1/chat','model':"
                        + MINI
                        + ",'response_streaming':'"
                        + how
                        + "'}");
    }

    @Test
    void preservesAnyBodyButStillHoldsTheModel() {
        PluginHandler preserve = bench.handler(config("preserve", MINI));

        Exchange noJson = asking("not json");
        assertThat(decision(preserve, noJson)).isEqualTo("proceed");
        assertThat(call(noJson).target().model()).isEqualTo("gpt-4o-mini");
        assertThat(decision(preserve, asking("{'input':'hi','model':'gpt-4'}")))
                .isEqualTo(refused("cannot use own model - must be: gpt-4o-mini"));

        Exchange nameless = asking("");
        assertThat(decision(bench.handler(config("preserve", "{'provider':'openai'}")), nameless))
                .isEqualTo("proceed");
        assertThat(call(nameless).target().model()).isNull();
    }

    @Test
    void fillsTheModelFromTheRequest() {
        PluginHandler handler =
                bench.handler(
                        config(
                                "llm/v1/chat",
                                """
                                {'provider':'azure','name':'$(headers.X-Model)',
                                 'options':{'azure_instance':'eu-$(uri_captures.tenant)-1',
                                            'azure_deployment_id':'$(query_params.deployment)'}}\
                                """));

        Exchange first = templated("/chat?deployment=d%201", "gpt-4o", "blue");
        Exchange second = templated("/chat?deployment=d2", "gpt-4", "red");
        assertThat(decision(handler, first)).isEqualTo("proceed");
        assertThat(decision(handler, second)).isEqualTo("proceed");

        assertThat(call(first).target().model()).isEqualTo("gpt-4o");
        assertThat(call(first).target().options().get("azure_instance").textValue())
                .isEqualTo("eu-blue-1");
        assertThat(call(first).target().options().get("azure_deployment_id").textValue())
                .isEqualTo("d 1");
        assertThat(call(second).target().options().get("azure_instance").textValue())
                .isEqualTo("eu-red-1");
    }

    private static Exchange templated(String uri, String model, String tenant) {
        Exchange exchange = Exchanges.of(FakeClientRequest.post(uri).header("x-model", model));
        exchange.match(
                new MatchedRoute(
                        Exchanges.ROUTE, Exchanges.SERVICE, "/chat", Map.of("tenant", tenant)));
        exchange.body(new LlmBody(bytes("{" + HI + "}")));
        return exchange;
    }

    @Test
    void saysWhyATemplateCannotBeFilled() {
        assertThat(decision(named("$(headers.x-model)"), asking("{" + HI + "}")))
                .isEqualTo(refused("headers key x-model was not provided"));
        assertThat(decision(named("$(uri_captures.m)"), asking("{" + HI + "}")))
                .isEqualTo(refused("uri_captures key m was not provided"));
        assertThat(decision(named("$(cookies.m)"), asking("{" + HI + "}")))
                .isEqualTo(refused("source 'cookies' is not supported"));
        for (String broken : new String[] {"$(headers)", "$(headers.x", "$()"}) {
            assertThat(decision(named(broken), asking("{" + HI + "}")))
                    .isEqualTo(refused("cannot parse expression for field '" + broken + "'"));
        }
        assertThat(decision(named("$(headers)"), asking("")))
                .as("templates come before the body")
                .isEqualTo(refused("cannot parse expression for field '$(headers)'"));
    }

    private PluginHandler named(String model) {
        return bench.handler(config("llm/v1/chat", "{'provider':'openai','name':'" + model + "'}"));
    }

    @Test
    void holdsTheBodyLimit() {
        assertThat(chat().needsBody()).isTrue();
        assertThat(chat().maxBodySize()).isEqualTo(33_554_432);
    }

    private static final String MINI = "{'provider':'openai','name':'gpt-4o-mini'}";

    private PluginHandler chat() {
        return bench.handler(config("llm/v1/chat", MINI));
    }

    private static String config(String routeType, String model) {
        return "{'route_type':'" + routeType + "','model':" + model + "}";
    }

    private static Exchange asking(String body) {
        return Exchanges.withBody(body.replace('\'', '"'));
    }

    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static LlmCall call(Exchange exchange) {
        return Objects.requireNonNull(exchange.llm());
    }
}
