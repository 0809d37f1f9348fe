package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiContract.Op;
import dev.torii.model.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Makes requests that nobody should send, out of the operations that a document describes. The
/// same seed makes the same requests.
final class Hostility {

    /// @param bytes all that is sent, each byte as the character of its number
    /// @param ends whether nothing more comes after them
    /// @param http whether this is HTTP at all, so that an answer as documented is due
    /// @param plain whether the path is one that the operation has
    record Attack(Op operation, String bytes, boolean ends, boolean http, boolean plain) {}

    private static final String FORM = "application/x-www-form-urlencoded";
    static final int HUGE = 1 << 20;
    private static final int DEEP = 10_000;

    /// Written into JSON as they are.
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e400",
                    "-1e400",
                    "1e-400",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "99999999999999999999999999999999999999",
                    "1E+2147483647",
                    "NaN",
                    "Infinity",
                    "\"\"",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"\\uffff\\ufffe\"",
                    "\"\u202e\ufeff\ud83d\ude00\"",
                    "\"../../etc/passwd\"",
                    "\"{vault://env/HOME}\"",
                    "\"{vault://\"",
                    "\"{vault://x/../y?a=b#c}\"",
                    "\"~/(\"",
                    "\"~/(a+)+$\"",
                    "\"~/[\"",
                    "\"/%zz\"",
                    "\"/a%00\"",
                    "\"http://[\"",
                    "\"http://h:99999999\"",
                    "\"*.*\"",
                    "\"::1\"",
                    "\"1.2.3.4/99\"",
                    "\"%s%n%x\"",
                    "\"a,b/c\"",
                    "\"99999999-9999-4999-8999-999999999999\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[[[]]]",
                    "[\"a\",\"a\",5,{}]",
                    "{\"id\":null}",
                    "{\"id\":5}",
                    "{\"id\":\"99999999-9999-4999-8999-999999999999\"}",
                    "{\"id\":{\"id\":\"x\"}}",
                    "{\"name\":\"nobody\"}",
                    "{\"\":\"\"}",
                    "{\"\\u0000\":1}");

    private static final List<byte[]> BODIES =
            List.of(
                    new byte[0],
                    bytes("null"),
                    bytes("[]"),
                    bytes("\"x\""),
                    bytes("5"),
                    bytes("{"),
                    bytes("{\"a\":1,\"a\":2}"),
                    bytes("{\"name\":\"a\",\"name\":\"b\",\"host\":\"h\"}"),
                    bytes("{} {}"),
                    bytes("{\"a\":1,}"),
                    bytes("{'a':1}"),
                    bytes("/* */ {}"),
                    bytes("\ufeff{}"),
                    bytes("[".repeat(DEEP)),
                    bytes("{\"a\":".repeat(DEEP)),
                    bytes("{\"config\":" + "[".repeat(150) + "]".repeat(150) + "}"),
                    bytes("{\"tags\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
                    bytes("{\"name\":\"" + "x".repeat(HUGE) + "\"}"),
                    bytes("{\"host\":\"" + "\u00e9".repeat(HUGE / 2) + "\"}"),
                    bytes("{\"retries\":" + "9".repeat(5_000) + "}"),
                    bytes("{\"" + "k".repeat(100_000) + "\":1}"),
                    new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0},
                    new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'},
                    new byte[] {
                        '{',
                        '"',
                        'a',
                        '"',
                        ':',
                        '"',
                        (byte) 0xed,
                        (byte) 0xa0,
                        (byte) 0x80,
                        '"',
                        '}'
                    },
                    new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'},
                    new byte[64]);

    private static final List<String> FORMS =
            List.of(
                    "=",
                    "&&&&",
                    "a",
                    "name=%",
                    "name=%zz",
                    "name=%ff",
                    "name=%00",
                    "name=%ed%a0%80",
                    "[]=1",
                    "[=1",
                    "]=1",
                    "a[[b]]=1",
                    "a[b=1",
                    "..=1",
                    "tags[-1]=a",
                    "tags[0]=a",
                    "tags[99999999999999999999]=a",
                    "tags=a&tags.x=b&tags[]=c",
                    "name.x=1&name=2",
                    "config=x&config.y=1",
                    "config[]=1",
                    "paths[1]=/a&paths[3]=/c&paths=/d",
                    "headers[x][]=1&headers[x][y]=2",
                    "service=x",
                    "service.id=x",
                    "service.name=nobody",
                    "service[id][id]=x",
                    "retries=1e400",
                    "retries=NaN",
                    "retries=0x10",
                    "enabled=yes",
                    "x" + "[a]".repeat(DEEP) + "=1",
                    "x" + ".a".repeat(DEEP) + "=1",
                    "x" + "[".repeat(DEEP) + "=1",
                    "a=1&".repeat(1_500),
                    "name=" + "x".repeat(HUGE));

    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json; charset=utf-16",
                    "APPLICATION/JSON;;;",
                    "application/jsonx",
                    "text/plain",
                    "application/xml",
                    "application/yaml",
                    FORM,
                    "multipart/form-data",
                    "multipart/form-data; boundary=",
                    "multipart/form-data; boundary=x",
                    "multipart/form-data; boundary=" + "x".repeat(3_000),
                    "",
                    "/",
                    "a/b; c=\"",
                    "\u00e9");

    /// What may stand in a path or a query instead of what should.
    private static final List<String> SEGMENTS =
            List.of(
                    "%00",
                    "%2F",
                    "%2f..%2f",
                    "%c0%af",
                    "%ff",
                    "%zz",
                    "%",
                    "%2",
                    ".",
                    "..",
                    "%2e%2e",
                    "a%20b",
                    "a+b",
                    ";a=b",
                    "a;b",
                    "%ed%a0%80",
                    "%f0%9f%98%80",
                    "%25%32%66",
                    "\\",
                    "'",
                    "%22",
                    "%7b%7d",
                    "validate",
                    "plugins",
                    "99999999-9999-4999-8999-999999999999",
                    "99999999-9999-4999-8999-99999999999Z",
                    "x".repeat(2_000),
                    "");

    private static final List<String> QUERIES =
            List.of(
                    "size=0",
                    "size=-1",
                    "size=1e400",
                    "size=NaN",
                    "size=0x10",
                    "size=1.5",
                    "size=99999999999999999999",
                    "size=1&size=2",
                    "size",
                    "offset=",
                    "offset=x",
                    "offset=W10",
                    "offset=WzFd",
                    "offset=bnVsbA==",
                    "offset=W251bGxd",
                    "offset=WyJcdTAwMDAiXQ",
                    "offset=" + "A".repeat(4_000),
                    "tags=",
                    "tags=,",
                    "tags=a,b/c",
                    "tags=%00",
                    "tags=a,b,c,d,e,f,g",
                    "tags=%c0%af",
                    "custom_id=",
                    "unit=x",
                    "scale=99",
                    "scale=-1",
                    "from=x",
                    "to=99999999999999999999",
                    "from=2026-99-99",
                    "bucket=x",
                    "group_by=,",
                    "status=9xx",
                    "status=-1",
                    "%",
                    "%zz=%zz",
                    "a=1&".repeat(1_100),
                    "=",
                    "&&&");

    private static final List<String> HEADERS =
            List.of(
                    "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
                    "Content-Encoding: gzip\r\n",
                    "Accept: \r\n",
                    "Accept: text/html;q=x\r\n",
                    "X-Torii-Client: " + "x".repeat(3_000) + "\r\n",
                    "X-Torii-Client: \u00e9\u0001\r\n",
                    "Access-Control-Request-Headers: a\u00e9b\r\n",
                    "If-Match: *\r\n",
                    "Range: bytes=0-0\r\n",
                    "Expect: 100-continue\r\n",
                    "Cookie: " + "a=b; ".repeat(500) + "\r\n",
                    "X: y\r\n".repeat(60));

    /// Heads that are no HTTP, or that lie about what follows.
    private static final List<String> HEADS =
            List.of(
                    "GET /services\r\n\r\n",
                    "GET /services HTTP/9.9\r\nHost: localhost\r\n\r\n",
                    "GET  /services  HTTP/1.1\r\n\r\n",
                    "GET /services HTTP/1.1\r\n\r\n",
                    "GET /services HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET http://localhost/services HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                    "\u0000\u0000\u0000\u0000\r\n\r\n",
                    "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    "GET /services HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
                    "GET /services HTTP/1.1\r\nHost: localhost\r\nA\u0000: b\r\n\r\n",
                    "GET /services HTTP/1.1\r\nHost: localhost\r\n"
                            + "A: b\r\n".repeat(5_000)
                            + "\r\n",
                    "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "POST /services HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                    "POST /services HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                    "POST /services HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                    "POST /services HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                    "POST /services HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n{}");

    /// Bodies in chunks, after a head that says so.
    private static final List<String> CHUNKS =
            List.of(
                    "2\r\n{}\r\n0\r\n\r\n",
                    "2\r\n{}\r\n",
                    "zz\r\n{}\r\n0\r\n\r\n",
                    "-1\r\n{}\r\n0\r\n\r\n",
                    "7fffffffffffffff\r\n{}\r\n0\r\n\r\n",
                    "2;ext=\"x\"\r\n{}\r\n0\r\nTrailer: x\r\n\r\n",
                    "2\r\n{}}}}\r\n0\r\n\r\n",
                    "2\n{}\n0\n\n",
                    "0\r\n\r\n",
                    "");

    private final ApiContract contract;
    private final SplittableRandom random;
    private final Map<String, List<String>> keys;

    /// @param keys by path parameter, those of entities that are there
    Hostility(ApiContract contract, long seed, Map<String, List<String>> keys) {
        this.contract = contract;
        this.random = new SplittableRandom(seed);
        this.keys = keys;
    }

    Attack next() {
        List<Op> all =
                contract.operations().stream()
                        .filter(op -> !op.path().equals("/torii/events"))
                        .toList();
        List<Op> writing = all.stream().filter(op -> op.json().has("requestBody")).toList();
        Op operation = one(random.nextInt(4) > 0 ? writing : all);
        return switch (random.nextInt(20)) {
            case 0 -> new Attack(operation, one(HEADS), true, false, false);
            case 1 -> truncated(operation);
            case 2 -> chunked(operation);
            case 3, 4 -> elsewhere(operation);
            case 5 -> questioned(operation);
            case 6 -> headed(operation);
            case 7, 8 -> form(operation);
            case 9, 10 -> sent(operation, one(TYPES), one(BODIES));
            case 11, 12 -> sent(operation, "application/json", one(BODIES));
            case 13 -> sent(operation, "application/json", emptied(operation));
            default -> sent(operation, "application/json", bent(operation));
        };
    }

    private Attack sent(Op operation, String type, byte[] body) {
        String headers = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        return attack(operation, path(operation), headers, body, true);
    }

    private static Attack attack(
            Op operation, String target, String headers, byte[] body, boolean plain) {
        return new Attack(
                operation,
                text(RawHttp.request(operation.method(), target, headers, body)),
                false,
                true,
                plain);
    }

    private Attack truncated(Op operation) {
        byte[] whole =
                RawHttp.request(
                        operation.method(),
                        path(operation),
                        "Content-Type: application/json\r\n",
                        bent(operation));
        byte[] begun = Arrays.copyOf(whole, random.nextInt(whole.length));
        return new Attack(operation, text(begun), true, false, false);
    }

    private Attack chunked(Op operation) {
        String head =
                operation.method()
                        + " "
                        + path(operation)
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type:"
                        + " application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        return new Attack(operation, head + one(CHUNKS), true, false, false);
    }

    private Attack elsewhere(Op operation) {
        String[] segments = path(operation).split("/", -1);
        segments[random.nextInt(1, segments.length)] = one(SEGMENTS);
        String target = String.join("/", segments);
        return attack(
                operation,
                target.startsWith("/") ? target : "/" + target,
                "Content-Type: application/json\r\n",
                bent(operation),
                false);
    }

    private Attack questioned(Op operation) {
        return attack(
                operation,
                path(operation) + "?" + one(QUERIES) + "&" + one(QUERIES),
                "Content-Type: application/json\r\n",
                bent(operation),
                false);
    }

    private Attack headed(Op operation) {
        return attack(
                operation,
                path(operation),
                "Content-Type: application/json\r\n" + one(HEADERS),
                bent(operation),
                false);
    }

    private Attack form(Op operation) {
        String form = one(FORMS);
        if (operation.example().isObject() && random.nextBoolean()) {
            form = formOf(operation.example()) + "&" + form;
        }
        return sent(operation, FORM, bytes(form));
    }

    private static String formOf(JsonNode example) {
        List<String> fields = new ArrayList<>();
        example.properties()
                .forEach(field ->
                        fields.add(
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue().asText(),
                                                StandardCharsets.UTF_8)));
        return String.join("&", fields);
    }

    /// Every field of the schema, null.
    private byte[] emptied(Op operation) {
        ObjectNode body = Json.object();
        properties(operation).keySet().forEach(body::putNull);
        return Json.bytes(body);
    }

    /// Something that could be right, with one to three things wrong or strange.
    private byte[] bent(Op operation) {
        String text =
                Json.text(operation.example().isObject() ? operation.example() : Json.object());
        Map<String, JsonNode> properties = properties(operation);
        List<String> names = List.copyOf(properties.keySet());
        boolean mild = random.nextInt(3) == 0;
        for (int n = random.nextInt(3); n >= 0; n--) {
            String name = names.isEmpty() || random.nextInt(8) == 0 ? "unknown" : one(names);
            JsonNode schema = properties.getOrDefault(name, Json.object());
            if (mild && schema.isEmpty()) {
                continue;
            }
            String field = Json.text(name) + ":" + (mild ? likely(schema) : value(3));
            text =
                    text.length() <= 2
                            ? "{" + field + "}"
                            : random.nextBoolean()
                                    ? text.substring(0, text.length() - 1) + "," + field + "}"
                                    : "{" + field + "," + text.substring(1);
        }
        return bytes(random.nextInt(3) == 0 ? text : withoutRepeated(text));
    }

    /// Most bodies should come further than the search for keys that are there twice.
    private static String withoutRepeated(String text) {
        JsonNode node = Json.parseObjectOrNull(bytes(text));
        return node == null ? text : Json.text(node);
    }

    private String value(int depth) {
        if (depth > 0 && random.nextInt(6) == 0) {
            return random.nextBoolean()
                    ? "[" + value(depth - 1) + "," + value(depth - 1) + "]"
                    : "{\""
                            + one(List.of("id", "name", "a", "config"))
                            + "\":"
                            + value(depth - 1)
                            + "}";
        }
        if (random.nextInt(500) == 0) {
            return "\"" + "x".repeat(HUGE) + "\"";
        }
        return one(VALUES);
    }

    /// What the schema seems to ask for.
    private String likely(JsonNode schema) {
        if (schema.path("enum") instanceof ArrayNode values) {
            return Json.text(values.get(random.nextInt(values.size())));
        }
        if (schema.has("default") && random.nextBoolean()) {
            return Json.text(schema.get("default"));
        }
        String type = schema.at("/type/0").asText(schema.path("type").asText());
        return switch (type) {
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "integer", "number" -> Long.toString(random.nextLong(1, 1_000));
            case "array" -> "[" + likely(schema.path("items")) + "]";
            case "string" ->
                    schema.at("/examples/0").isTextual() && random.nextBoolean()
                            ? Json.text(schema.at("/examples/0"))
                            : "\"" + one(List.of("a", "/a")) + random.nextInt(1_000) + "\"";
            default -> "null";
        };
    }

    /// The schemas of the fields that an operation takes, by name.
    private Map<String, JsonNode> properties(Op operation) {
        Map<String, JsonNode> properties = new TreeMap<>();
        collect(operation.takes(), properties, 6);
        return properties;
    }

    private void collect(JsonNode schema, Map<String, JsonNode> into, int depth) {
        if (depth == 0) {
            return;
        }
        if (schema.has("$ref")) {
            collect(contract.resolved(schema), into, depth - 1);
        }
        schema.path("properties").properties().forEach(p -> into.put(p.getKey(), p.getValue()));
        for (String keyword : new String[] {"allOf", "oneOf"}) {
            if (schema.path(keyword) instanceof ArrayNode ways && !ways.isEmpty()) {
                ways.forEach(way -> collect(way, into, depth - 1));
            }
        }
    }

    private String path(Op operation) {
        return ApiContract.PARAMETER
                .matcher(operation.path())
                .replaceAll(match -> {
                    List<String> known = keys.getOrDefault(match.group(1), List.of());
                    return known.isEmpty() || random.nextInt(10) == 0
                            ? "99999999-9999-4999-8999-999999999999"
                            : one(known);
                });
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
