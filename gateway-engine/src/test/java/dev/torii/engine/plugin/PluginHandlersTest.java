package dev.torii.engine.plugin;

import static dev.torii.engine.exchange.Exchanges.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.model.config.Plugin;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginHandlersTest {

    private final List<String> calls = new ArrayList<>();
    private final PluginHandlers handlers =
            new PluginHandlers(
                    new PluginRegistry(
                            List.of(
                                    new FakePlugin("one", 20, calls),
                                    new FakePlugin("two", 10, calls))),
                    InstantSource.system(),
                    new PrometheusRegistry());

    private static TestConfig config() {
        return new TestConfig().route(ROUTE);
    }

    private PluginChains compile(TestConfig config) {
        return handlers.compile(config.snapshot());
    }

    private static PluginStep request(PluginChains chains) {
        return chains.of(ROUTE).start(Exchanges.of(FakeClientRequest.get("/chat"))).next();
    }

    @Test
    void keepsAHandlerWhosePluginDidNotChange() {
        PluginChains before = compile(config().plugin("1", "one", "", "{'word':'a'}"));
        PluginChains after =
                compile(
                        config().plugin("1", "one", "", "{'word':'a'}")
                                .plugin("2", "two", "", "{'word':'b'}"));
        before.close();

        request(after);

        assertThat(calls)
                .containsExactly("one:a create", "two:b create", "one:a request", "two:b request");
    }

    @Test
    void makesAHandlerAnewWhenItsPluginChangedAndClosesTheOldOne() {
        PluginChains before = compile(config().plugin("1", "one", "", "{'word':'a'}"));
        PluginChains after = compile(config().plugin("1", "one", "", "{'word':'b'}"));
        before.close();

        request(after);

        assertThat(calls)
                .containsExactly("one:a create", "one:b create", "one:a close", "one:b request");
    }

    @Test
    void closesReplacedHandlersInReverseOrderAfterTheLastExchange() {
        PluginChains before =
                compile(config().plugin("1", "one", "", "{}").plugin("2", "two", "", "{}"));
        assertThat(before.acquire()).isTrue();
        assertThat(before.acquire()).isTrue();
        compile(config());
        calls.clear();

        before.close();
        before.release();
        assertThat(calls).isEmpty();

        before.release();
        assertThat(calls).containsExactly("two: close", "one: close");
    }

    @Test
    void chainsThatAreClosedCannotBeAcquired() {
        PluginChains chains = compile(config());

        chains.close();

        assertThat(chains.acquire()).isFalse();
    }

    @Test
    void aHandlerThatFailsToCloseDoesNotKeepTheOthersOpen() {
        PluginChains before =
                compile(
                        config().plugin("1", "one", "", "{}")
                                .plugin("2", "two", "", "{'throw':'close'}"));
        calls.clear();

        before.close();

        assertThat(calls).containsExactly("two: close", "one: close");
    }

    @Test
    void aPluginThatCannotStartClosesWhatItCoversAndNothingElse() {
        var other = Exchanges.route("other", null);
        PluginChains chains =
                compile(
                        config().route(other)
                                .plugin("1", "one", "route=" + ROUTE.id(), "{'throw':'create'}"));

        assertThat(request(chains))
                .isEqualTo(new PluginStep.Failed(new GatewayError.PluginFailed("one")));
        assertThat(chains.of(other).start(Exchanges.of(FakeClientRequest.get("/"))).next())
                .isEqualTo(PluginStep.DONE);
    }

    @Test
    void aPluginThatIsNotInstalledClosesWhatItCovers() {
        PluginChains chains = compile(config().plugin("1", "gone", "", "{}"));

        assertThat(request(chains))
                .isEqualTo(new PluginStep.Failed(new GatewayError.PluginFailed("gone")));
    }

    @Test
    void aPluginForOtherProtocolsAloneDoesNotRun() {
        var stream = TestConfig.plugin("1", "one", "", "{}", true);
        var tcp =
                new Plugin(
                        "1",
                        "one",
                        null,
                        null,
                        null,
                        null,
                        stream.config(),
                        List.of("tcp"),
                        true,
                        null);

        request(compile(config().plugin(tcp)));

        assertThat(calls).isEmpty();
    }

    @Test
    void refusesARouteOfAnotherRevision() {
        PluginChains chains = compile(config());

        assertThatThrownBy(() -> chains.of(Exchanges.route("later", null)))
                .hasMessageContaining("later-id");
    }
}
