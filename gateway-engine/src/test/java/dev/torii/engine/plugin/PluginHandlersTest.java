package dev.torii.engine.plugin;

import static dev.torii.engine.exchange.Exchanges.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Plugin;
import dev.torii.model.config.Route;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
                    new PrometheusRegistry(),
                    List::of);

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
    void aPluginWithoutItsSecretDoesNotRunUntilItIsThere() {
        var missing =
                new UnresolvedReference(
                        "plugins", "1", "one", "config.word", "{vault://torii/w}", "it is not set");
        PluginChains before =
                handlers.compile(
                        config().plugin("1", "one", "", "{'word':''}").snapshot(),
                        _ -> new VaultedConfig(true, List.of(missing)));
        assertThat(request(before))
                .isEqualTo(new PluginStep.Failed(new GatewayError.PluginFailed("one")));
        assertThat(calls).isEmpty();

        PluginChains after =
                handlers.compile(
                        config().plugin("1", "one", "", "{'word':'there'}").snapshot(),
                        _ -> new VaultedConfig(true, List.of()));
        before.close();

        assertThat(request(after)).isEqualTo(PluginStep.DONE);
        assertThat(calls).containsExactly("one:there create", "one:there request");
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

    /// Counts instead of times: what one write costs must not depend on how many routes there are.
    @Test
    void oneWriteMakesOneHandlerAndOneChainHoweverManyRoutesThereAre() {
        int many = 10_000;
        var config = new TestConfig();
        for (int i = 0; i < many; i++) {
            Route route = Exchanges.route("r" + i, null);
            config.route(route).plugin("p" + i, "one", "route=" + route.id(), "{}");
        }
        ConfigSnapshot first = config.snapshot();
        PluginChains before = handlers.compile(first);
        assertThat(before.assembled()).isZero();
        calls.clear();
        ObjectNode changed =
                Objects.requireNonNull(first.find(EntityKind.PLUGINS, "p7")).deepCopy();
        changed.putObject("config").put("word", "new");
        var change = new Step.Put(EntityKind.PLUGINS, "p7", changed);

        PluginChains after = handlers.compile(first.after(new ConfigChange(List.of(change))));
        before.close();

        assertThat(calls).containsExactly("one:new create", "one: close");
        assertThat(after.assembled()).isZero();
        var route = Exchanges.route("r7", null);
        PluginChain chain = after.of(route);
        assertThat(after.of(route)).isSameAs(chain);
        assertThat(after.assembled()).isEqualTo(1);
    }
}
