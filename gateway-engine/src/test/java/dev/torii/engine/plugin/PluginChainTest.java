package dev.torii.engine.plugin;

import static dev.torii.engine.exchange.Exchanges.ROUTE;
import static dev.torii.engine.exchange.Exchanges.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.model.config.Consumer;
import dev.torii.model.llm.LlmBody;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginChainTest {

    private static final String ON_ROUTE = "route=" + ROUTE.id();
    private static final String ON_SERVICE = "service=" + SERVICE.id();

    private final List<String> calls = new ArrayList<>();
    private final PluginFactory auth =
            new PluginFactory() {
                private final FakePlugin fake = new FakePlugin("auth", 1250);

                @Override
                public PluginType type() {
                    return fake.type();
                }

                @Override
                public PluginHandler create(PluginContext context) {
                    return new PluginHandler() {
                        @Override
                        public Decision onRequest(Exchange exchange) {
                            exchange.authenticate(new Consumer("alice", "alice", null, null), "k");
                            return Decision.proceed();
                        }
                    };
                }
            };
    private final PluginHandlers handlers =
            new PluginHandlers(
                    new PluginRegistry(
                            List.of(
                                    auth,
                                    new FakePlugin("low", 10, calls),
                                    new FakePlugin("b-mid", 500, calls),
                                    new FakePlugin("a-mid", 500, calls),
                                    new FakePlugin("high", 900, calls),
                                    new FakePlugin("early", 2000, calls))),
                    InstantSource.system(),
                    new PrometheusRegistry(),
                    List::of);
    private final TestConfig config = new TestConfig().route(ROUTE);
    private final Exchange exchange = Exchanges.of(FakeClientRequest.post("/chat"));

    private PluginRun start() {
        PluginChain chain = handlers.compile(config.snapshot()).of(ROUTE);
        calls.clear();
        return chain.start(exchange);
    }

    @Test
    void runsByPriorityAndThenByName() {
        for (String name : List.of("low", "b-mid", "high", "a-mid")) {
            config.plugin(name, name, "", "{}");
        }

        PluginStep step = start().next();

        assertThat(step).isEqualTo(PluginStep.DONE);
        assertThat(calls)
                .containsExactly(
                        "high: request", "a-mid: request", "b-mid: request", "low: request");
    }

    @ParameterizedTest
    @CsvSource({"route,service", "route,global", "service,global", "route+service,route"})
    void ofOnePluginTheMostSpecificInstanceRuns(String wins, String loses) {
        config.plugin("1", "low", scope(loses), "{'word':'loses'}");
        config.plugin("2", "low", scope(wins), "{'word':'wins'}");

        start().next();

        assertThat(calls).containsExactly("low:wins request");
    }

    private static String scope(String word) {
        return switch (word) {
            case "route" -> ON_ROUTE;
            case "service" -> ON_SERVICE;
            case "route+service" -> ON_ROUTE + " " + ON_SERVICE;
            default -> "";
        };
    }

    @Test
    void aConsumersInstanceRunsOnceAnEarlierPluginHasFoundTheConsumerOut() {
        config.plugin("0", "auth", "", "{}");
        config.plugin("1", "low", ON_ROUTE, "{'word':'route'}");
        config.plugin("2", "low", "consumer=alice", "{'word':'alice'}");
        config.plugin("3", "early", "", "{'word':'all'}");
        config.plugin("4", "early", "consumer=alice", "{'word':'alice'}");

        PluginRun run = start();
        run.next();
        run.onLog();

        assertThat(calls)
                .as("early ran before auth, and its instance stays in the later phases")
                .containsExactly(
                        "early:all request", "low:alice request", "early:all log", "low:alice log");
    }

    @Test
    void aConsumersInstanceDoesNotRunForOthers() {
        config.plugin("1", "low", "consumer=alice", "{}");

        PluginRun run = start();
        run.next();
        run.onLog();

        assertThat(calls).isEmpty();
    }

    @Test
    void aDisabledInstanceLetsABroaderOneRun() {
        config.plugin(TestConfig.plugin("1", "low", ON_ROUTE, "{'word':'off'}", false));
        config.plugin("2", "low", "", "{'word':'global'}");

        start().next();

        assertThat(calls).containsExactly("low:global request");
    }

    @Test
    void pluginsOfOtherRoutesAndServicesDoNotRun() {
        config.plugin("1", "low", "route=other", "{}");
        config.plugin("2", "high", "service=other", "{}");

        start().next();

        assertThat(calls).isEmpty();
    }

    @Test
    void anAnswerEndsTheRequestPhaseButNotTheLaterOnes() {
        config.plugin("1", "high", "", "{'answer':403}");
        config.plugin("2", "low", "", "{}");

        PluginRun run = start();
        PluginStep step = run.next();
        run.onResponse();
        run.onLog();

        assertThat(step).isEqualTo(new PluginStep.Stopped(Decision.refuse(403, "no")));
        assertThat(calls)
                .containsExactly(
                        "high: request",
                        "high: response",
                        "low: response",
                        "high: log",
                        "low: log");
    }

    @Test
    void asksForTheBodyBeforeTheFirstPluginThatLooksAtItAndGoesOnFromThere() {
        config.plugin("1", "high", "", "{}");
        config.plugin("2", "low", "", "{'body_limit':10}");

        PluginRun run = start();
        PluginStep first = run.next();
        exchange.body(new LlmBody(new byte[10]));
        PluginStep second = run.next();

        assertThat(first).isEqualTo(new PluginStep.NeedsBody(10));
        assertThat(second).isEqualTo(PluginStep.DONE);
        assertThat(calls).containsExactly("high: request", "low: request");
    }

    @Test
    void refusesABodyThatIsTooLargeForALaterPlugin() {
        config.plugin("1", "high", "", "{'body_limit':100}");
        config.plugin("2", "low", "", "{'body_limit':10}");

        PluginRun run = start();
        run.next();
        exchange.body(new LlmBody(new byte[11]));
        PluginStep step = run.next();

        assertThat(step).isEqualTo(new PluginStep.Failed(new GatewayError.BodyTooLarge(10)));
        assertThat(calls).containsExactly("high: request");
    }

    @Test
    void aPluginThatThrowsFailsTheRequestUnderItsName() {
        config.plugin("1", "high", "", "{'throw':'request'}");
        config.plugin("2", "low", "", "{}");

        PluginStep step = start().next();

        assertThat(step).isEqualTo(new PluginStep.Failed(new GatewayError.PluginFailed("high")));
        assertThat(calls).containsExactly("high: request");
    }

    @Test
    void aPluginThatThrowsOnTheResponseFailsItAfterAllHaveRun() {
        config.plugin("1", "high", "", "{'throw':'response'}");
        config.plugin("2", "low", "", "{}");

        assertThat(start().onResponse()).contains(new GatewayError.PluginFailed("high"));
        assertThat(calls).containsExactly("high: response", "low: response");
    }

    @Test
    void aPluginThatThrowsOnTheLogLeavesTheOthersAlone() {
        config.plugin("1", "high", "", "{'throw':'log'}");
        config.plugin("2", "low", "", "{}");

        start().onLog();

        assertThat(calls).containsExactly("high: log", "low: log");
    }

    @Test
    void tellsTheExchangeWhichNamesCarrySecretsOnAnyRoute() {
        config.plugin("1", "high", "route=other", "{'secret':'x-team-key'}");

        start();

        assertThat(exchange.secretNames()).containsExactly("x-team-key");
    }

    @Test
    void aRequestWithoutARouteIsLoggedByGlobalPluginsAlone() {
        config.plugin("1", "high", "", "{}");
        config.plugin("2", "low", ON_ROUTE, "{}");

        PluginChain unmatched = handlers.compile(config.snapshot()).unmatched();
        calls.clear();
        unmatched.start(exchange).onLog();

        assertThat(calls).containsExactly("high: log");
    }
}
