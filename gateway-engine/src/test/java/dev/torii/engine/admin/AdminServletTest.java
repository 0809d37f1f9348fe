package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.admin.AdminApi.Reply;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is particular: texts of problems, nesting, shorthands, forms, rules between kinds.
class AdminServletTest {

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String message(Reply reply) {
        return reply.json().path("message").textValue();
    }

    private String service() {
        return api.created("/services", "{'name':'chat-service','url':'https://example.com'}");
    }

    private String route(String service) {
        return api.created(
                "/routes",
                "{'name':'chat-route','paths':['/chat'],'service':{'id':'" + service + "'}}");
    }

    private String consumer() {
        return api.created("/consumers", "{'username':'alice'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://example.com | https example.com 443 null",
                "http://example.com:8080/v1/ | http example.com 8080 /v1/",
                "https://u:p@example.com/x?y=1 | https example.com 443 /x",
                "http://[::1]:9/ | http ::1 9 /",
                "http://[::1] | http ::1 80 null",
                "grpc://example.com | grpc example.com 80 null",
                "http://example.com:443 | http example.com 443 null",
                "https://example.com:80/ | https example.com 80 /",
                "//example.com:443/a;b#c | https example.com 443 /a",
                "//example.com | http example.com 80 null",
            })
    void spellsOutTheUrlOfAService(String url, String expected) {
        JsonNode service =
                api.call("POST", "/services", "{'url':'" + url + "','port':1,'path':'/gone'}")
                        .json();

        assertThat(
                        service.path("protocol").asText()
                                + " "
                                + service.path("host").asText()
                                + " "
                                + service.path("port").asText()
                                + " "
                                + service.path("path").asText())
                .isEqualTo(expected);
        assertThat(service.has("url")).isFalse();
    }

    @Test
    void aUrlWithoutAPathClearsThePath() {
        api.created("/services", "{'name':'s','url':'http://example.com/v1'}");

        assertThat(
                        api.call("PATCH", "/services/s", "{'url':'http://other.test'}")
                                .json()
                                .path("path")
                                .isNull())
                .isTrue();
    }

    @Test
    void aChangedPluginStillHasToFit() {
        String id = api.created("/plugins", "{'name':'limits','config':{'minute':5}}");

        assertThat(message(api.call("PATCH", "/plugins/" + id, "{'config':{'minute':null}}")))
                .contains(
                        "when updating, at least one of these fields must be non-empty: 'minute', 'hour'");
    }

    @Test
    void aPluginsProtocolsMustMeetThoseOfItsRoute() {
        String service = service();
        route(service);

        assertThat(
                        message(
                                api.call(
                                        "POST",
                                        "/routes/chat-route/plugins",
                                        "{'name':'limits','config':{'minute':1},'protocols':['grpc']}")))
                .isEqualTo(
                        "schema violation (protocols: must match the associated route's protocols)");
        assertThat(
                        message(
                                api.call(
                                        "POST",
                                        "/services/chat-service/plugins",
                                        "{'name':'limits','config':{'minute':1},'protocols':['grpc']}")))
                .isEqualTo(
                        "schema violation (protocols: must match the protocols of at least one"
                                + " route pointing to this Plugin's service)");
    }

    @Test
    void makesUpAKeyAndCountsItsTimeDown() {
        consumer();
        JsonNode key = api.call("POST", "/consumers/alice/key-auth", "{'ttl':60}").json();
        assertThat(key.path("key").textValue()).hasSize(32);
        assertThat(key.path("ttl").intValue()).isEqualTo(60);
        String path = "/key-auths/" + key.path("id").textValue();

        api.clock.set(AdminApi.START.plusSeconds(50));
        assertThat(api.get(path).json().path("ttl").intValue()).isEqualTo(10);
        assertThat(api.call("PATCH", path, "{'tags':['a']}").json().path("ttl").intValue())
                .isEqualTo(10);
        assertThat(api.call("PATCH", path, "{'ttl':30}").json().path("ttl").intValue())
                .isEqualTo(30);

        api.clock.set(AdminApi.START.plusSeconds(80));
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.get("/key-auths").json().path("data")).isEmpty();
        api.created("/consumers/alice/key-auth", "{'key':'" + key.path("key").textValue() + "'}");
    }

    @Test
    void findsAConsumerByItsCustomId() {
        api.created("/consumers", "{'custom_id':'42'}");

        assertThat(api.get("/consumers?custom_id=42").json().path("data")).hasSize(1);
        assertThat(api.get("/consumers?custom_id=43").text())
                .isEqualTo("{\"data\":[],\"next\":null}");
        assertThat(message(api.get("/consumers?custom_id=")))
                .isEqualTo("custom_id must be an unempty string");
    }

    @Test
    void refusesAKeyInTheUrlThatNoneCouldHave() {
        Reply reply = api.get("/services/a%20b");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").intValue()).isEqualTo(10);
        assertThat(reply.json().path("name").textValue()).isEqualTo("invalid unique name");
    }

    @Test
    void keysInTheUrlMayHoldEscapedSlashes() {
        api.created("/consumers", "{'username':'a/b c'}");

        assertThat(api.get("/consumers/a%2Fb%20c").json().path("username").textValue())
                .isEqualTo("a/b c");
    }

    @Test
    void readsForms() {
        Reply service =
                api.form(
                        "POST",
                        "/services",
                        "name=s&url=http%3A%2F%2Fexample.com&retries=3&enabled=false&tags=a&path=");
        assertThat(service.status()).as(service.text()).isEqualTo(201);
        assertThat(service.json().path("retries").intValue()).isEqualTo(3);
        assertThat(service.json().path("enabled").booleanValue()).isFalse();
        assertThat(service.json().path("tags").toString()).isEqualTo("[\"a\"]");

        Reply route =
                api.form(
                        "POST",
                        "/routes",
                        "service.name=s&paths%5B2%5D=/b&paths[1]=/a&hosts=x.test&hosts=y.test&methods[]=GET&headers.x-a=1&headers[x-b][]=2");
        assertThat(route.status()).as(route.text()).isEqualTo(201);
        assertThat(route.json().path("paths").toString()).isEqualTo("[\"/a\",\"/b\"]");
        assertThat(route.json().path("hosts")).hasSize(2);
        assertThat(route.json().path("headers").toString())
                .isEqualTo("{\"x-a\":[\"1\"],\"x-b\":[\"2\"]}");
        assertThat(route.json().path("service").path("id")).isEqualTo(service.json().path("id"));

        Reply plugin =
                api.form(
                        "POST",
                        "/services/s/plugins",
                        "name=limits&config.minute=5&config.names=x&config.redis.host=h&config.redis.port=7");
        assertThat(plugin.status()).as(plugin.text()).isEqualTo(201);
        assertThat(plugin.json().path("config").path("names").toString()).isEqualTo("[\"x\"]");
        String id = plugin.json().path("id").textValue();
        assertThat(
                        api.form("PATCH", "/plugins/" + id, "config.minute=")
                                .json()
                                .path("code")
                                .intValue())
                .isEqualTo(2);
        assertThat(
                        api.form("PATCH", "/plugins/" + id, "config.redis.port=x")
                                .json()
                                .path("message")
                                .asText())
                .contains("port = \"expected an integer\"");
        assertThat(message(api.form("POST", "/services", "host=h&colour=1")))
                .isEqualTo("schema violation (colour: unknown field)");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1001 schema violations",
        "1001, Too many arguments",
        "2000, Too many arguments"
    })
    void takesAThousandArgumentsHoweverTheyAreSent(int count, String message) {
        String form =
                IntStream.range(0, count)
                        .mapToObj(i -> "a" + i + "=1")
                        .collect(Collectors.joining("&"));
        String parts =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                "--b\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\n1\r\n"
                                        .formatted(i))
                        .collect(Collectors.joining("", "", "--b--\r\n"));

        Reply ofForm = api.form("POST", "/services", form);
        Reply ofParts =
                api.raw(
                        "POST",
                        "/services",
                        "multipart/form-data; boundary=b",
                        parts.getBytes(StandardCharsets.UTF_8));

        assertThat(ofForm.status()).isEqualTo(400);
        assertThat(message(ofForm)).startsWith(message);
        assertThat(ofParts.status()).isEqualTo(400);
        assertThat(message(ofParts)).startsWith(message);
    }

    @Test
    void readsMultipartForms() {
        String body =
                """
                --b
                Content-Disposition: form-data; name="username"

                アリス
                --b
                Content-Disposition: form-data; name="tags[]"

                x
                --b--
                """
                        .replace("\n", "\r\n");

        Reply reply =
                api.raw(
                        "POST",
                        "/consumers",
                        "multipart/form-data; boundary=b",
                        body.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().path("username").textValue()).isEqualTo("アリス");
        assertThat(reply.json().path("tags")).hasSize(1);
    }

    @Test
    void refusesOtherBodies() {
        assertThat(api.raw("POST", "/services", "text/plain", new byte[] {'x'}).status())
                .isEqualTo(415);
        assertThat(message(api.call("POST", "/services", "{"))).isEqualTo("Cannot parse JSON body");
        assertThat(
                        api.call("POST", "/services", "{\n  \"name\": x}")
                                .json()
                                .path("detail")
                                .textValue())
                .contains("line 2, column");
        assertThat(message(api.call("POST", "/services", "[]")))
                .isEqualTo("Cannot parse JSON body");
        assertThat(
                        message(
                                api.form(
                                        "POST",
                                        "/services",
                                        IntStream.range(0, 1001)
                                                .mapToObj(i -> "a" + i + "=1")
                                                .collect(Collectors.joining("&")))))
                .isEqualTo("Too many arguments");
        Reply large =
                api.raw("POST", "/services", "application/json", new byte[10 * 1024 * 1024 + 1]);
        assertThat(large.status()).isEqualTo(413);
    }

    @Test
    void tellsAboutItself() {
        api.created("/plugins", "{'name':'auth'}");
        JsonNode root = api.get("/").json();

        assertThat(root.path("version").textValue()).isEqualTo("3.10.0");
        assertThat(root.path("plugins").path("available_on_server").toString())
                .isEqualTo(
                        "{'auth':{'version':'3.10.0','priority':1250},'limits':{'version':'3.10.0','priority':910}}"
                                .replace('\'', '"'));
        assertThat(root.path("plugins").path("enabled_in_cluster").toString())
                .isEqualTo("[\"auth\"]");
        assertThat(root.path("configuration").path("database").textValue()).isNotEqualTo("off");
        assertThat(api.get("/plugins/enabled").text())
                .isEqualTo("{\"enabled_plugins\":[\"auth\",\"limits\"]}");

        JsonNode status = api.get("/status").json();
        assertThat(status.path("database").path("reachable").booleanValue()).isTrue();
        assertThat(status.path("server").path("total_requests").intValue()).isEqualTo(9);
        assertThat(
                        api.get("/status?unit=b")
                                .json()
                                .at("/memory/workers_lua_vms/0/http_allocated_gc")
                                .isNumber())
                .isTrue();
        assertThat(message(api.get("/status?unit=v")))
                .isEqualTo("invalid unit 'v' (expected 'k/K', 'm/M', or 'g/G')");
    }

    @Test
    void servesThePluginsSchemas() {
        assertThat(api.get("/schemas/plugins/auth").json().path("fields").get(0).has("consumer"))
                .isTrue();
        assertThat(api.get("/plugins/schema/auth").json().path("fields").get(0).has("hide"))
                .isTrue();
        assertThat(message(api.get("/schemas/plugins/nope"))).isEqualTo("No plugin named 'nope'");
        assertThat(message(api.get("/schemas/nope"))).isEqualTo("No entity named 'nope'");
        assertThat(api.get("/schemas/tags").json().path("fields")).hasSize(3);
        assertThat(
                        message(
                                api.call(
                                        "POST",
                                        "/schemas/plugins/validate",
                                        "{'name':'limits','config':{'minute':1}}")))
                .isEqualTo("schema validation successful");
        assertThat(api.call("POST", "/schemas/nope/validate", "{}").status()).isEqualTo(404);
    }

    @Test
    void sendsTheHeadersThatClientsLookFor() {
        Reply reply = api.get("/services");

        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.header("Server")).isEqualTo("kong/3.10.0");
        assertThat(reply.header("X-Kong-Admin-Latency")).matches("\\d+");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(api.call("OPTIONS", "/", "").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource({
        "/nope",
        "/services/x/nope",
        "/services/x/routes/y/z",
        "/consumer_groups",
        "/schemas"
    })
    void otherPathsAreNotFound(String path) {
        Reply reply = api.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo("{\"message\":\"Not found\"}");
    }
}
