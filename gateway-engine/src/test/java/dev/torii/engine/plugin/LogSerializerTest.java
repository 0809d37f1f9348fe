package dev.torii.engine.plugin;

import static dev.torii.engine.plugin.PluginBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Attempt;
import dev.torii.engine.exchange.ConsumerDirectory;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.exchange.Outcome;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogSerializerTest {

    private static final long MILLI = 1_000_000;

    private static Exchange proxied(FakeClientRequest request) {
        Exchange exchange = Exchanges.of(request);
        exchange.upstreamUri("/v1/chat?x=1");
        exchange.attempts().add(new Attempt("example.com", 443, 1_700_000_000_123L, 200, null));
        exchange.sentHeaders(() -> Map.of("content-type", List.of("application/json")));
        exchange.timings().sentUpstream(4 * MILLI);
        exchange.timings().firstUpstreamByte(816 * MILLI);
        exchange.timings().ended(819 * MILLI);
        exchange.end(new Outcome(200, Outcome.Source.UPSTREAM, 100, 1000, null));
        return exchange;
    }

    private static LlmCall callWithKeyInTheQuery() {
        var auth = new LlmTarget.Auth(null, null, "gkey", new Secret("s3cret"), "query", false);
        var target =
                new LlmTarget(
                        "gemini", "gemini-2", RouteType.CHAT, Json.object(), auth, null, null);
        return new LlmCall(
                target, Exchanges.CHAT, new LlmBody(new byte[0]), false, true, true, false);
    }

    @Test
    void describesAProxiedRequest() {
        Exchange exchange = proxied(FakeClientRequest.post("/chat?x=1").header("X-A", "b"));

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.remove("route"))
                .isEqualTo(
                        ((ObjectNode) Json.MAPPER.valueToTree(Exchanges.ROUTE))
                                .put("ws_id", "00000000-0000-0000-0000-000000000000"));
        assertThat(entry.remove("service").path("id").asText()).isEqualTo("chat-service-id");
        assertThat(Json.pretty(entry))
                .isEqualTo(
                        Json.pretty(
                                json(
                                        """
                                        {'request':{'id':'0123456789abcdef0123456789abcdef','method':'POST',
                                          'uri':'/chat?x=1','url':'http://localhost:8000/chat?x=1',
                                          'querystring':{'x':'1'},
                                          'headers':{'host':'localhost:8000','x-a':'b'},'size':157},
                                        'upstream_uri':'/v1/chat?x=1','upstream_status':'200',
                                        'response':{'status':200,
                                          'headers':{'content-type':'application/json'},'size':1051},
                                        'latencies':{'kong':3,'proxy':812,'request':818,'receive':3},
                                        'tries':[{'ip':'example.com','port':443,
                                          'balancer_start':1700000000123,
                                          'balancer_start_ns':1700000000123000000}],
                                        'client_ip':'127.0.0.1','started_at':1700000000120,
                                        'source':'upstream',
                                        'workspace':'00000000-0000-0000-0000-000000000000',
                                        'workspace_name':'default'}
                                        """)));
    }

    @Test
    void describesARequestThatWentNowhere() {
        Exchange exchange =
                Exchanges.unrouted(FakeClientRequest.get("/nowhere"), ConsumerDirectory.EMPTY);
        exchange.timings().ended(3 * MILLI);
        exchange.end(new Outcome(404, Outcome.Source.GATEWAY, 0, 50, null));

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.path("source").asText()).isEqualTo("kong");
        assertThat(entry.path("upstream_uri").asText("absent")).isEmpty();
        assertThat(entry.path("upstream_status").asText("absent")).isEmpty();
        assertThat(entry.path("latencies").toString())
                .isEqualTo(json("{'kong':2,'proxy':-1,'request':2,'receive':0}").toString());
        assertThat(entry.properties())
                .extracting(Map.Entry::getKey)
                .doesNotContain(
                        "route", "service", "consumer", "authenticated_entity", "tries", "ai");
    }

    @Test
    void repeatedHeadersAndArgumentsBecomeArraysAndABareArgumentIsTrue() {
        Exchange exchange =
                proxied(
                        FakeClientRequest.get("/chat?a=1&b&a=2&a=3")
                                .header("x-a", "1")
                                .header("x-a", "2"));

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.at("/request/querystring"))
                .isEqualTo(json("{'a':['1','2','3'],'b':true}"));
        assertThat(entry.at("/request/headers/x-a")).isEqualTo(Json.array().add("1").add("2"));
    }

    @Test
    void keepsCredentialsOutWhereverTheyAreSent() {
        Exchange exchange =
                proxied(
                        FakeClientRequest.get("/chat?X-Team-Key=s3cret&apikey=s3cret&a=1")
                                .header("Authorization", "Bearer s3cret")
                                .header("Proxy-Authorization", "Basic s3cret")
                                .header("X-Api-Key", "s3cret")
                                .header("X-Team-Key", "s3cret")
                                .header("Cookie", "session=s3cret"));
        exchange.secretNames(Set.of("x-team-key"));
        exchange.sentHeaders(() -> Map.of("set-cookie", List.of("session=s3cret", "b=s3cret")));
        exchange.llm(callWithKeyInTheQuery());
        exchange.upstreamUri("/v1/chat?gkey=s3cret&X-Team-Key=s3cret&a=1");

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(Json.text(entry)).doesNotContain("s3cret");
        assertThat(entry.at("/request/headers/authorization").asText()).isEqualTo("REDACTED");
        assertThat(entry.at("/request/uri").asText())
                .isEqualTo("/chat?X-Team-Key=REDACTED&apikey=REDACTED&a=1");
        assertThat(entry.path("upstream_uri").asText())
                .isEqualTo("/v1/chat?gkey=REDACTED&X-Team-Key=REDACTED&a=1");
        assertThat(entry.at("/response/headers/set-cookie").asText()).isEqualTo("REDACTED");
    }

    @Test
    void namesEveryTry() {
        Exchange exchange = proxied(FakeClientRequest.get("/chat"));
        exchange.attempts().addFirst(new Attempt("example.com", 443, 1, 0, "upstream_timeout"));
        exchange.attempts().addFirst(new Attempt("example.com", 443, 1, 0, "connect_refused"));

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.path("upstream_status").asText()).isEqualTo("502, 504, 200");
        assertThat(entry.at("/tries/1/state").asText()).isEqualTo("failed");
        assertThat(entry.at("/tries/1/code").asInt()).isEqualTo(504);
        assertThat(entry.at("/tries/2").has("state")).isFalse();
    }

    @Test
    void namesTheConsumerAndItsCredential() {
        Exchange exchange = proxied(FakeClientRequest.get("/chat"));
        exchange.authenticate(new Consumer("c-id", "alice", null, null), "k-id");

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.path("authenticated_entity"))
                .isEqualTo(json("{'id':'k-id','consumer_id':'c-id'}"));
        assertThat(entry.at("/consumer/username").asText()).isEqualTo("alice");
    }

    @Test
    void anAnonymousConsumerHasNoCredential() {
        Exchange exchange = proxied(FakeClientRequest.get("/chat"));
        exchange.authenticate(new Consumer("c-id", "guest", null, null), null);

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.has("authenticated_entity")).isFalse();
        assertThat(entry.has("consumer")).isTrue();
    }

    @Test
    void whatPluginsSayHasTheLastWord() {
        Exchange exchange = proxied(FakeClientRequest.get("/chat"));
        exchange.log().put("team", "blue").putObject("latencies").put("kong", 99);

        ObjectNode entry = LogSerializer.serialize(exchange);

        assertThat(entry.path("team").asText()).isEqualTo("blue");
        assertThat(entry.at("/latencies/kong").asInt()).isEqualTo(99);
        assertThat(entry.at("/latencies/proxy").asInt()).isEqualTo(812);
    }
}
