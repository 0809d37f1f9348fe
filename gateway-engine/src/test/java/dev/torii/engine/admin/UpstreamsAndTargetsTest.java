package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.store.SqliteConfigStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamsAndTargetsTest {

    @TempDir Path folder;

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi(SqliteConfigStore.open(folder, _ -> Optional.empty()));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String upstream() {
        return api.created("/upstreams", "{'name':'up'}");
    }

    @Test
    void anUpstreamHasAllDefaults() {
        JsonNode upstream = api.call("POST", "/upstreams", "{'name':'up'}").json();

        assertThat(upstream.path("algorithm").textValue()).isEqualTo("round-robin");
        assertThat(upstream.path("hash_on_cookie_path").textValue()).isEqualTo("/");
        assertThat(upstream.path("slots").intValue()).isEqualTo(10_000);
        assertThat(upstream.path("use_srv_name").booleanValue()).isFalse();
        assertThat(upstream.path("healthchecks").toString())
                .isEqualTo(
                        ("{'active':{'type':'http','timeout':1,'concurrency':10,'http_path':'/',"
                                        + "'https_sni':null,'https_verify_certificate':true,'headers':null,"
                                        + "'healthy':{'interval':0,'http_statuses':[200,302],'successes':0},"
                                        + "'unhealthy':{'interval':0,'http_statuses':[429,404,500,501,502,503,504,505],"
                                        + "'tcp_failures':0,'timeouts':0,'http_failures':0}},"
                                        + "'passive':{'type':'http','healthy':{'http_statuses':[200,201,202,203,204,"
                                        + "205,206,207,208,226,300,301,302,303,304,305,306,307,308],'successes':0},"
                                        + "'unhealthy':{'http_statuses':[429,500,503],'tcp_failures':0,'timeouts':0,"
                                        + "'http_failures':0}},'threshold':0}")
                                .replace('\'', '"'));
    }

    @Test
    void aHeaderOfChecksIsOneLine() {
        String upstream = "{'name':'up','healthchecks':{'active':{'headers':{'X-A':['%s','%s']}}}}";

        var refused = api.call("POST", "/upstreams", upstream.formatted("fine", "a\\r\\nX-B: b"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("name").asText()).isEqualTo("schema violation");
        assertThat(refused.json().at("/fields/healthchecks/active/headers").toString())
                .contains("a header's value is one line; leave out line breaks");
        assertThat(api.call("POST", "/upstreams", upstream.formatted("fine", "a, b")).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'hash_on':'ip'} | consistent-hashing | ip",
                "{'hash_on':'ip','algorithm':'round-robin'} | consistent-hashing | ip",
                "{'hash_on':'none','algorithm':'consistent-hashing'} | round-robin | none",
                "{'algorithm':'consistent-hashing'} | consistent-hashing | none",
                "{'algorithm':'least-connections','hash_on':'ip'} | least-connections | none",
                "{'algorithm':'latency','hash_on':'none'} | latency | none",
            })
    void whatIsHashedAndTheAlgorithmBringEachOtherAlong(
            String fields, String algorithm, String hashOn) {
        String id = upstream();

        JsonNode patched = api.call("PATCH", "/upstreams/" + id, fields).json();

        assertThat(patched.path("algorithm").textValue()).isEqualTo(algorithm);
        assertThat(patched.path("hash_on").textValue()).isEqualTo(hashOn);
    }

    @Test
    void leastConnectionsForgetsWhatWasHashed() {
        api.created("/upstreams", "{'name':'up','hash_on':'ip'}");

        JsonNode patched =
                api.call("PATCH", "/upstreams/up", "{'algorithm':'least-connections'}").json();

        assertThat(patched.path("hash_on").textValue()).isEqualTo("none");
    }

    @Test
    void targetsAreWrittenInOneWayAndFoundByIt() {
        String upstream = upstream();

        JsonNode named = api.call("POST", "/upstreams/up/targets", "{'target':'a.test'}").json();
        JsonNode address =
                api.call("POST", "/upstreams/up/targets", "{'target':'[::1]:80'}").json();

        assertThat(named.path("target").textValue()).isEqualTo("a.test:8000");
        assertThat(named.path("weight").intValue()).isEqualTo(100);
        assertThat(named.path("upstream").path("id").textValue()).isEqualTo(upstream);
        assertThat(address.path("target").textValue())
                .isEqualTo("[0000:0000:0000:0000:0000:0000:0000:0001]:80");
        for (String key : List.of("a.test", "a.test:8000", named.path("id").textValue())) {
            assertThat(api.get("/upstreams/up/targets/" + key).json()).isEqualTo(named);
        }
        assertThat(api.get("/upstreams/" + upstream + "/targets/%5B::1%5D:80").json())
                .isEqualTo(address);
    }

    @Test
    void aTargetsTimesHaveMilliseconds() {
        upstream();
        api.clock.set(AdminApi.START.plusMillis(1_250));

        var reply = api.call("POST", "/upstreams/up/targets", "{'target':'a'}");

        long seconds = AdminApi.START.getEpochSecond() + 1;
        assertThat(reply.text())
                .contains("\"created_at\":" + seconds + ".250")
                .contains("\"updated_at\":" + seconds + ".250");
        assertThat(api.get("/upstreams/up/targets/a").text()).isEqualTo(reply.text());
    }

    @Test
    void theNewestTargetIsListedFirstPageByPage() {
        upstream();
        for (int i = 0; i < 5; i++) {
            api.clock.set(AdminApi.START.plusMillis(i));
            api.created("/upstreams/up/targets", "{'target':'t%d:1','weight':%d}".formatted(i, i));
        }

        List<String> listed = new ArrayList<>();
        String next = "/upstreams/up/targets?size=2";
        while (next != null) {
            JsonNode page = api.get(next).json();
            page.path("data").forEach(target -> listed.add(target.path("target").textValue()));
            next = page.path("next").textValue();
        }

        assertThat(listed).containsExactly("t4:1", "t3:1", "t2:1", "t1:1", "t0:1");
        assertThat(api.get("/upstreams/up/targets/all").json().path("data")).hasSize(5);
        assertThat(api.get("/upstreams/up/targets/all?size=2").json().path("next").textValue())
                .startsWith("/upstreams/up/targets/all?offset=");
    }

    @Test
    void refusesATargetThatIsThere() {
        String upstream = upstream();
        api.created("/upstreams/up/targets", "{'target':'a.test'}");
        api.created("/upstreams", "{'name':'other'}");
        api.created("/upstreams/other/targets", "{'target':'a.test'}");

        var reply = api.call("POST", "/upstreams/up/targets", "{'target':'a.test:8000'}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("message").textValue())
                .isEqualTo(
                        "UNIQUE violation detected on '{target=\"a.test:8000\",upstream={id=\""
                                + upstream
                                + "\"}}'");
    }

    @Test
    void aTargetIsChangedByTheNameThatItIsKnownBy() {
        upstream();
        String id = api.created("/upstreams/up/targets", "{'target':'a','weight':7}");

        JsonNode put = api.call("PUT", "/upstreams/up/targets/a", "{'target':'b'}").json();
        JsonNode patched = api.call("PATCH", "/upstreams/up/targets/b", "{'weight':0}").json();

        assertThat(put.path("id").textValue()).isEqualTo(id);
        assertThat(put.path("target").textValue()).isEqualTo("b:8000");
        assertThat(put.path("weight").intValue()).isEqualTo(7);
        assertThat(patched.path("weight").intValue()).isZero();
        assertThat(api.delete("/upstreams/up/targets/a").status()).isEqualTo(404);
        assertThat(api.delete("/upstreams/up/targets/b").status()).isEqualTo(204);
    }
}
