package dev.torii.engine.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.balancer.TargetAddress;
import dev.torii.engine.balancer.UpstreamHealth;
import dev.torii.engine.balancer.UpstreamHealth.OfAddress;
import dev.torii.engine.balancer.UpstreamHealth.OfTarget;
import dev.torii.engine.balancer.UpstreamHealth.Weight;
import dev.torii.engine.exchange.ConsumerDirectory;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.config.Consumer;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrometheusHandlerTest {

    private static final long MILLI = 1_000_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private List<UpstreamHealth> upstreams = List.of();
    private final PluginBench bench =
            new PluginBench(new PrometheusFactory(), registry, () -> upstreams);

    private PluginHandler handler(String config) {
        return bench.handler(config);
    }

    private List<String> samples() {
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static Exchange ended(int status, Outcome.Source source) {
        Exchange exchange = Exchanges.of(FakeClientRequest.get("/chat"));
        exchange.timings().sentUpstream(4 * MILLI);
        exchange.timings().firstUpstreamByte(54 * MILLI);
        exchange.timings().ended(101 * MILLI);
        exchange.end(new Outcome(status, source, 100, 1000, null));
        return exchange;
    }

    private static LlmCall call(@Nullable String model, boolean statistics) {
        var target =
                new LlmTarget("openai", model, RouteType.CHAT, Json.object(), null, null, null);
        var llm =
                new LlmCall(
                        target,
                        Exchanges.CHAT,
                        new LlmBody(new byte[0]),
                        false,
                        true,
                        statistics,
                        false);
        llm.usage(new TokenUsage(90, 10, 0, 5, 0, TokenUsage.Source.FINAL));
        llm.costUsd(new BigDecimal("0.25"));
        return llm;
    }

    @Test
    void countsRequestsByStatus() {
        var handler = handler("{'status_code_metrics':true}");
        handler.onLog(ended(200, Outcome.Source.UPSTREAM));
        handler.onLog(ended(200, Outcome.Source.UPSTREAM));
        handler.onLog(ended(401, Outcome.Source.GATEWAY));

        assertThat(samples())
                .containsExactlyInAnyOrder(
                        "kong_http_requests_total{code=\"200\",consumer=\"\",route=\"chat-route\","
                                + "service=\"chat-service\",source=\"service\",workspace=\"default\"} 2.0",
                        "kong_http_requests_total{code=\"401\",consumer=\"\",route=\"chat-route\","
                                + "service=\"chat-service\",source=\"kong\",workspace=\"default\"} 1.0");
    }

    @Test
    void countsBytesInBothDirectionsUnderKongsName() {
        handler("{'bandwidth_metrics':true}").onLog(ended(200, Outcome.Source.UPSTREAM));

        assertThat(samples())
                .containsExactlyInAnyOrder(
                        "kong_bandwidth_bytes{consumer=\"\",direction=\"ingress\",route=\"chat-route\","
                                + "service=\"chat-service\",workspace=\"default\"} 144.0",
                        "kong_bandwidth_bytes{consumer=\"\",direction=\"egress\",route=\"chat-route\","
                                + "service=\"chat-service\",workspace=\"default\"} 1019.0");
    }

    @Test
    void namesTheConsumerOnlyWhenToldTo() {
        Exchange exchange = ended(200, Outcome.Source.UPSTREAM);
        exchange.authenticate(new Consumer("id", "alice", null, null), "k");

        handler("{'status_code_metrics':true}").onLog(exchange);
        handler("{'status_code_metrics':true,'per_consumer':true}").onLog(exchange);

        assertThat(samples())
                .hasSize(2)
                .anyMatch(sample -> sample.contains("consumer=\"\""))
                .anyMatch(sample -> sample.contains("consumer=\"alice\""));
    }

    @Test
    void measuresLatencies() {
        handler("{'latency_metrics':true}").onLog(ended(200, Outcome.Source.UPSTREAM));

        String labels = "route=\"chat-route\",service=\"chat-service\",workspace=\"default\"";
        assertThat(samples())
                .contains(
                        "kong_kong_latency_ms_bucket{" + labels + ",le=\"2.0\"} 0",
                        "kong_kong_latency_ms_bucket{" + labels + ",le=\"5.0\"} 1",
                        "kong_kong_latency_ms_sum{" + labels + "} 3.0",
                        "kong_upstream_latency_ms_bucket{" + labels + ",le=\"25.0\"} 0",
                        "kong_upstream_latency_ms_bucket{" + labels + ",le=\"50.0\"} 1",
                        "kong_request_latency_ms_bucket{" + labels + ",le=\"80.0\"} 0",
                        "kong_request_latency_ms_bucket{" + labels + ",le=\"100.0\"} 1");
    }

    @Test
    void knowsNoUpstreamLatencyOfARequestThatWentNowhere() {
        Exchange exchange = Exchanges.of(FakeClientRequest.get("/chat"));
        exchange.timings().ended(2 * MILLI);
        exchange.end(new Outcome(401, Outcome.Source.GATEWAY, 0, 0, null));

        handler("{'latency_metrics':true}").onLog(exchange);

        assertThat(samples())
                .anyMatch(sample -> sample.startsWith("kong_request_latency_ms"))
                .noneMatch(sample -> sample.startsWith("kong_upstream_latency_ms"));
    }

    @Test
    void countsLlmCalls() {
        Exchange exchange = ended(200, Outcome.Source.UPSTREAM);
        exchange.llm(call("gpt-4o-mini", true));

        handler("{'ai_metrics':true}").onLog(exchange);

        String labels =
                "ai_model=\"gpt-4o-mini\",ai_provider=\"openai\",cache_status=\"\","
                        + "embeddings_model=\"\",embeddings_provider=\"\",";
        String rest = "vector_db=\"\",workspace=\"default\"";
        assertThat(samples())
                .contains(
                        "kong_ai_llm_requests_total{" + labels + rest + "} 1.0",
                        "kong_ai_llm_cost_total{" + labels + rest + "} 0.25",
                        "kong_ai_llm_tokens_total{"
                                + labels
                                + "token_type=\"prompt_tokens\","
                                + rest
                                + "} 100.0",
                        "kong_ai_llm_tokens_total{"
                                + labels
                                + "token_type=\"completion_tokens\","
                                + rest
                                + "} 5.0",
                        "kong_ai_llm_tokens_total{"
                                + labels
                                + "token_type=\"total_tokens\","
                                + rest
                                + "} 105.0",
                        "kong_ai_llm_provider_latency_ms_sum{" + labels + rest + "} 97.0");
    }

    @Test
    void countsNoLlmCallWhosePluginDoesNotLogStatistics() {
        Exchange exchange = ended(200, Outcome.Source.UPSTREAM);
        exchange.llm(call("gpt-4o-mini", false));

        handler("{'ai_metrics':true}").onLog(exchange);

        assertThat(samples()).isEmpty();
    }

    @Test
    void clientsThatMakeUpModelsDoNotMakeUpMetricsWithoutEnd() {
        var handler = handler("{'ai_metrics':true}");
        for (int i = 0; i < 600; i++) {
            Exchange exchange = ended(200, Outcome.Source.UPSTREAM);
            exchange.llm(call("model-" + i, true));
            handler.onLog(exchange);
        }

        assertThat(samples())
                .filteredOn(sample -> sample.startsWith("kong_ai_llm_requests_total"))
                .hasSize(501)
                .anyMatch(sample -> sample.contains("\"other\"") && sample.endsWith(" 100.0"));
    }

    private static OfTarget target(String host, OfAddress... addresses) {
        return new OfTarget(
                host, host + ":80", host, 80, true, 100, new Weight(0, 0), List.of(addresses));
    }

    private static OfAddress address(String host, String ip, boolean healthy) {
        return new OfAddress(new TargetAddress(host, ip, 80), 100, healthy);
    }

    private static UpstreamHealth upstream(boolean checked, OfTarget... targets) {
        return new UpstreamHealth("pool", checked, true, new Weight(0, 0), List.of(targets));
    }

    private static String health(String target, String address, String state, int value) {
        return "kong_upstream_target_health{address=\"%s\",state=\"%s\",subsystem=\"http\",target=\"%s\",upstream=\"pool\"} %d.0"
                .formatted(address, state, target, value);
    }

    @Test
    void showsTheHealthOfEachAddressAsItIsNow() {
        handler("{'upstream_health_metrics':true}");
        assertThat(samples()).isEmpty();

        upstreams =
                List.of(
                        upstream(
                                true,
                                target(
                                        "two",
                                        address("two", "10.0.0.1", true),
                                        address("two", "10.0.0.2", false)),
                                target("none")));

        assertThat(samples())
                .hasSize(12)
                .contains(
                        health("two:80", "10.0.0.1:80", "healthy", 1),
                        health("two:80", "10.0.0.1:80", "unhealthy", 0),
                        health("two:80", "10.0.0.1:80", "healthchecks_off", 0),
                        health("two:80", "10.0.0.1:80", "dns_error", 0),
                        health("two:80", "10.0.0.2:80", "healthy", 0),
                        health("two:80", "10.0.0.2:80", "unhealthy", 1),
                        health("none:80", "", "dns_error", 1),
                        health("none:80", "", "healthy", 0));
    }

    @Test
    void saysOfTargetsThatNobodyChecksThatNobodyDoes() {
        upstreams = List.of(upstream(false, target("one", address("one", "10.0.0.1", true))));
        handler("{'upstream_health_metrics':true}");

        assertThat(samples())
                .contains(
                        health("one:80", "10.0.0.1:80", "healthchecks_off", 1),
                        health("one:80", "10.0.0.1:80", "healthy", 0));
    }

    @Test
    void showsNoHealthUnlessSomeoneAsksForIt() {
        upstreams = List.of(upstream(true, target("one", address("one", "10.0.0.1", true))));
        handler("{}");
        assertThat(samples()).isEmpty();

        PluginHandler asking = handler("{'upstream_health_metrics':true}");
        PluginHandler also = handler("{'upstream_health_metrics':true}");
        asking.close();
        assertThat(samples()).hasSize(4);
        also.close();
        assertThat(samples()).isEmpty();
    }

    @Test
    void leavesOutRequestsWithoutARoute() {
        Exchange exchange =
                Exchanges.unrouted(FakeClientRequest.get("/nowhere"), ConsumerDirectory.EMPTY);
        exchange.end(new Outcome(404, Outcome.Source.GATEWAY, 0, 0, null));

        handler("{'status_code_metrics':true,'latency_metrics':true,'bandwidth_metrics':true}")
                .onLog(exchange);

        assertThat(samples()).isEmpty();
    }

    @Test
    void countsARouteWithoutAService() {
        Exchange exchange =
                Exchanges.unrouted(FakeClientRequest.get("/chat"), ConsumerDirectory.EMPTY);
        exchange.match(new MatchedRoute(Exchanges.ROUTE, null, "/chat", Map.of()));
        exchange.end(new Outcome(503, Outcome.Source.GATEWAY, 0, 0, null));

        handler("{'status_code_metrics':true}").onLog(exchange);

        assertThat(samples()).singleElement().asString().contains("service=\"\"", "code=\"503\"");
    }

    @Test
    void goesOnCountingWhenThePluginIsConfiguredAnew() {
        var before = handler("{'status_code_metrics':true}");
        before.onLog(ended(200, Outcome.Source.UPSTREAM));
        var after = handler("{'status_code_metrics':true,'latency_metrics':true}");
        before.close();
        after.onLog(ended(200, Outcome.Source.UPSTREAM));

        assertThat(samples())
                .anyMatch(sample -> sample.startsWith("kong_http") && sample.endsWith(" 2.0"));
    }

    @Test
    void showsNothingOnceThePluginIsGoneAndGoesOnWhenItComesBack() {
        var first = handler("{'status_code_metrics':true}");
        first.onLog(ended(200, Outcome.Source.UPSTREAM));
        first.close();
        assertThat(samples()).isEmpty();

        handler("{'status_code_metrics':true}").onLog(ended(200, Outcome.Source.UPSTREAM));
        assertThat(samples()).singleElement().asString().endsWith(" 2.0");
    }
}
