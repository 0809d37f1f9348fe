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

    private static final String UNKNOWN = "99999999-9999-4999-8999-999999999999";

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
                "grpc://example.com | grpc example.com 80 null",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/services | {} | schema violation (host: required field missing)",
                "/services | {'host':'h','port':'80','retries':-1} | 2 schema violations (port: expected an integer; retries: value should be between 0 and 32767)",
                "/services | {'url':'example.com'} | schema violation (url: missing host in url)",
                "/services | {'url':5} | schema violation (url: expected a string)",
                "/services | {'host':'h','protocol':'tcp','path':'/'} | 2 schema violations (failed conditional validation given value of field 'protocol'; path: value must be null)",
                "/services | {'host':'h','protocol':'https','client_certificate':{'id':'99999999-9999-4999-8999-999999999999'}} | the foreign key '{id=\"99999999-9999-4999-8999-999999999999\"}' does not reference an existing 'certificates' entity.",
                "/routes | {} | schema violation (must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https')",
                "/routes | {'paths':['/x'],'protocols':['http','gopher']} | schema violation (protocols.2: expected one of: grpc, grpcs, http, https, tcp, tls, tls_passthrough, udp)",
                "/routes | {'paths':['/x'],'service':{'id':'99999999-9999-4999-8999-999999999999'}} | the foreign key '{id=\"99999999-9999-4999-8999-999999999999\"}' does not reference an existing 'services' entity.",
                "/routes | {'paths':['/x'],'service':{'name':'nope'}} | foreign key unresolved (service.name: the foreign key cannot be resolved with '{name=\"nope\"}' for an existing 'services' entity)",
                "/routes | {'paths':['/x'],'service':{}} | schema violation (service.id: missing primary key)",
                "/routes | {'paths':['/x'],'service':{'id':'7'}} | schema violation (service.id: expected a valid UUID)",
                "/routes | {'paths':['/x'],'service':'s'} | schema violation (service: expected a record)",
                "/consumers | {} | schema violation (at least one of these fields must be non-empty: 'custom_id', 'username')",
                "/plugins | {} | schema violation (name: required field missing)",
                "/plugins | {'config':{'a':1}} | schema violation (name: required field missing)",
                "/plugins | {'name':'nope'} | schema violation (name: plugin 'nope' not enabled; add it to the 'plugins' configuration property)",
                "/plugins | {'name':'limits','config':{'minute':1,'colour':1}} | schema violation (config.colour: unknown field)",
                "/plugins | {'name':'limits','config':{'minute':9,'hour':3}} | schema violation (config.minute: must not exceed 'hour')",
                "/plugins | {'name':'limits','config':{'minute':1},'protocols':['tcp']} | schema violation (protocols.1: expected one of: grpc, grpcs, http, https)",
                "/key-auths | {} | schema violation (consumer: required field missing)",
            })
    void saysWhatIsWrong(String path, String body, String expected) {
        assertThat(message(api.call("POST", path, body))).isEqualTo(expected);
    }

    @Test
    void printsDeepErrorsAsATable() {
        Reply reply =
                api.call(
                        "POST",
                        "/plugins",
                        "{'name':'limits','config':{'redis':{'tls':{'name':'X'}},'names':['a','']}}");

        assertThat(message(reply))
                .isEqualTo(
                        """
                        3 schema violations (config.@entity: {
                          "at least one of these fields must be non-empty: 'minute', 'hour'"
                        }; config.names: {
                          [2] = "length must be at least 1"
                        }; config.redis: {
                          host = "required field missing",
                          tls = {
                            name = "invalid value: X"
                          }
                        })\
                        """);
        assertThat(reply.json().path("fields").path("config").path("names").toString())
                .isEqualTo("[null,\"length must be at least 1\"]");
        assertThat(reply.json().at("/fields/config/redis/tls/name").textValue())
                .isEqualTo("invalid value: X");
        assertThat(reply.json().at("/fields/config/@entity/0").textValue())
                .startsWith("at least one of these fields");
    }

    @Test
    void fillsAPluginsDefaultsAndKeepsItsScope() {
        String route = route(service());

        JsonNode plugin =
                api.call(
                                "POST",
                                "/routes/chat-route/plugins",
                                "{'name':'limits','config':{'minute':5,'redis':{'host':'h'}}}")
                        .json();

        assertThat(plugin.path("route").path("id").textValue()).isEqualTo(route);
        assertThat(plugin.path("config").toString())
                .isEqualTo(
                        "{'minute':5,'hour':null,'names':['a'],'redis':{'host':'h','port':6379,'tls':{'name':null}},'secret':null}"
                                .replace('\'', '"'));
        assertThat(plugin.path("protocols")).hasSize(4);
        assertThat(plugin.path("service").isNull()).isTrue();
    }

    @Test
    void patchesAPluginFieldByField() {
        String id =
                api.created(
                        "/plugins",
                        "{'name':'limits','config':{'minute':5,'names':['x','y'],'redis':{'host':'h','port':1}}}");

        JsonNode patched =
                api.call(
                                "PATCH",
                                "/plugins/" + id,
                                "{'config':{'names':['z'],'redis':{'host':'i'}}}")
                        .json();

        assertThat(patched.path("config").toString())
                .isEqualTo(
                        "{'minute':5,'hour':null,'names':['z'],'redis':{'host':'i','port':1,'tls':{'name':null}},'secret':null}"
                                .replace('\'', '"'));
        assertThat(message(api.call("PATCH", "/plugins/" + id, "{'config':{'minute':null}}")))
                .contains(
                        "when updating, at least one of these fields must be non-empty: 'minute', 'hour'");
    }

    @Test
    void oneInstanceOfAPluginForOneScope() {
        String consumer = consumer();
        String body = "{'name':'limits','config':{'minute':1},'consumer':{'username':'alice'}}";
        api.created("/plugins", body);

        Reply second =
                api.call(
                        "POST",
                        "/consumers/alice/plugins",
                        "{'name':'limits','config':{'hour':1}}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(message(second))
                .isEqualTo(
                        "UNIQUE violation detected on '{consumer={id=\""
                                + consumer
                                + "\"},name=\"limits\",route=null,service=null}'");
        assertThat(second.json().path("fields").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("consumer", "name", "route", "service");
        api.created("/plugins", "{'name':'limits','config':{'minute':1}}");
    }

    @Test
    void refusesAScopeThatThePluginForbids() {
        consumer();

        assertThat(message(api.call("POST", "/consumers/alice/plugins", "{'name':'auth'}")))
                .isEqualTo("schema violation (consumer: value must be null)");
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
    void aServiceWithRoutesStaysAndItsPluginsGoWithIt() {
        String service = service();
        String route = route(service);
        String plugin = api.created("/services/" + service + "/plugins", "{'name':'auth'}");

        Reply refused = api.delete("/services/" + service);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .isEqualTo(
                        "{\"code\":4,\"name\":\"foreign key violation\",\"message\":\"an existing"
                                + " 'routes' entity references this 'services' entity\",\"fields\":{\"@referenced_by\":\"routes\"}}");

        assertThat(api.delete("/routes/" + route).status()).isEqualTo(204);
        assertThat(api.delete("/services/" + service).status()).isEqualTo(204);
        assertThat(api.get("/plugins/" + plugin).status()).isEqualTo(404);
    }

    @Test
    void aConsumersKeysAndPluginsGoWithIt() {
        String consumer = consumer();
        String key = api.created("/consumers/alice/key-auth", "{}");
        String plugin =
                api.created("/consumers/alice/plugins", "{'name':'limits','config':{'hour':1}}");

        api.delete("/consumers/" + consumer);

        assertThat(api.get("/key-auths/" + key).status()).isEqualTo(404);
        assertThat(api.get("/plugins/" + plugin).status()).isEqualTo(404);
    }

    @Test
    void childrenAreReachedThroughTheirParentAlone() {
        consumer();
        api.created("/consumers", "{'username':'bob'}");
        String key = api.created("/consumers/alice/key-auth", "{'key':'k1'}");

        assertThat(api.get("/consumers/alice/key-auth/" + key).status()).isEqualTo(200);
        assertThat(api.get("/consumers/alice/key-auth/k1").status()).isEqualTo(200);
        assertThat(api.get("/consumers/bob/key-auth/" + key).status()).isEqualTo(404);
        assertThat(api.delete("/consumers/bob/key-auth/" + key).status()).isEqualTo(404);
        assertThat(api.delete("/consumers/alice/key-auth/" + UNKNOWN).status()).isEqualTo(404);
        assertThat(api.get("/consumers/nobody/key-auth").text())
                .isEqualTo("{\"message\":\"Not found\"}");
        assertThat(api.get("/consumers/alice/key-auth").json().path("data")).hasSize(1);
        assertThat(api.get("/consumers/bob/key-auth").json().path("data")).isEmpty();

        JsonNode put = api.call("PUT", "/consumers/bob/key-auth/" + UNKNOWN, "{'key':'k2'}").json();
        assertThat(put.path("id").textValue()).isEqualTo(UNKNOWN);
        assertThat(api.get("/key-auths/k2/consumer").json().path("username").textValue())
                .isEqualTo("bob");
        assertThat(api.delete("/consumers/bob/key-auth/k2").status()).isEqualTo(204);
    }

    @Test
    void pagesOfChildrenNameTheirParent() {
        service();
        for (int i = 0; i < 3; i++) {
            api.created("/services/chat-service/routes", "{'paths':['/" + i + "']}");
        }

        String next =
                api.get("/services/chat-service/routes?size=2").json().path("next").textValue();

        assertThat(next).startsWith("/services/chat-service/routes?offset=").doesNotContain("size");
        assertThat(api.get(next).json().path("data")).hasSize(1);
    }

    @Test
    void aParentIsReachedThroughItsChild() {
        String service = service();
        route(service);
        String lonely = api.created("/routes", "{'paths':['/x']}");

        assertThat(api.get("/routes/chat-route/service").json().path("id").textValue())
                .isEqualTo(service);
        assertThat(
                        api.call("PATCH", "/routes/chat-route/service", "{'retries':2}")
                                .json()
                                .path("retries")
                                .intValue())
                .isEqualTo(2);
        assertThat(api.delete("/routes/chat-route/service").status()).isEqualTo(405);
        assertThat(api.get("/routes/" + lonely + "/service").status()).isEqualTo(404);
        assertThat(api.delete("/routes/" + lonely + "/service").status()).isEqualTo(404);

        String made =
                api.call("PUT", "/routes/" + lonely + "/service", "{'host':'new.test'}")
                        .json()
                        .path("id")
                        .textValue();
        assertThat(api.get("/routes/" + lonely).json().path("service").path("id").textValue())
                .isEqualTo(made);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "size=x | 9 | size must be a number",
                "size=0 | 9 | size must be an integer between 1 and 1000",
                "size=1001 | 9 | size must be an integer between 1 and 1000",
                "size=1.5 | 9 | size must be an integer between 1 and 1000",
                "offset=%2A | 7 | '*' is not a valid offset: bad base64 encoding",
                "tags= | 11 | invalid option (tags: cannot be null)",
                "tags=a,b/c | 11 | invalid option (tags: invalid filter syntax)",
                "tags=a,b,c,d,e,f | 11 | invalid option (tags: cannot query more than 5 tags)",
            })
    void refusesBadQueries(String query, int code, String expected) {
        Reply reply = api.get("/services?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").intValue()).isEqualTo(code);
        assertThat(message(reply)).isEqualTo(expected);
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
