package dev.torii.engine.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.openapi.ApiContract.Op;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The document and the engine that serves it hold each other to their word.
@Timeout(60)
class OpenApiTest {

    private static final String NOBODY = "99999999-9999-4999-8999-999999999999";
    private static final String JSON = "application/json";

    /// The order that methods are tried in.
    private static final List<String> ORDER = List.of("PUT", "GET", "POST", "PATCH", "DELETE");

    /// What can be found without having been created here.
    private static final Map<String, String> STANDING =
            Map.of(
                    "entity",
                    "consumers",
                    "plugin_name",
                    "key-auth",
                    "type",
                    "env",
                    "revision",
                    "1",
                    "log_level",
                    "notice",
                    "which",
                    "enabled");

    @TempDir static Path folder;

    private static Gateway gateway;
    private static HttpClient client;
    private static JsonNode document;
    private static ApiContract contract;
    private static int others;

    /// By path parameter, the id of an entity that is there.
    private static final Map<String, String> there = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        gateway = Gateway.start(Settings.onFreePorts(folder));
        client = HttpClient.newHttpClient();
        document = Json.parse(send("GET", "/torii/openapi.json", null, null).body());
        contract = new ApiContract(document);
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void isOpenApi() throws Exception {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi-3.1.json")) {
            var official =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(Json.parse(in.readAllBytes()));

            assertThat(official.validate(document)).isEmpty();
        }
    }

    @Test
    void hasOnlySchemasThatAreSchemas() {
        var schemas =
                JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        document.at("/components/schemas")
                .properties()
                .forEach(schema ->
                        assertThat(schemas.validate(schema.getValue()))
                                .as(schema.getKey())
                                .isEmpty());
    }

    @Test
    void canBeReadByGenerators() {
        var options = new ParseOptions();
        options.setResolve(true);

        var result = new OpenAPIV3Parser().readContents(Json.text(document), List.of(), options);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).hasSize(document.path("paths").size());
    }

    @Test
    void namesEveryOperationOnce() {
        List<String> ids = contract.operations().stream().map(Op::id).toList();

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void refersOnlyToWhatIsThere() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void hasExamplesThatTheEngineAccepts() throws Exception {
        int accepted = 0;
        for (Op operation : contract.operations()) {
            if (!operation.example().isObject()) {
                continue;
            }
            assertThat(contract.faults(operation.takes(), operation.example()))
                    .as(operation.id())
                    .isEmpty();
            if (operation.method().equals("POST") && !operation.path().contains("{")) {
                String kind = operation.json().at("/tags/0").asText();
                var answer =
                        send(
                                "POST",
                                "/schemas/" + kind + "/validate",
                                JSON,
                                Json.bytes(operation.example()));
                assertThat(answer.status()).as("%s", answer).isEqualTo(200);
                accepted++;
            }
        }
        assertThat(accepted).isGreaterThanOrEqualTo(5);
    }

    @Test
    void answersAsItSays() throws Exception {
        Set<String> good = new HashSet<>();
        createWhatIsLookedAt(good);
        List<Op> operations = new ArrayList<>(contract.operations());
        operations.sort(
                Comparator.comparingInt((Op op) -> ORDER.indexOf(op.method()))
                        .thenComparingInt(op -> -op.path().length()));
        for (Op operation : operations) {
            if (operation.method().equals("DELETE")) {
                putBack();
            }
            for (Answer answer : tries(operation)) {
                assertAsDocumented(operation, answer);
                if (answer.status() < 300) {
                    good.add(operation.id());
                }
            }
        }

        assertThat(contract.operations())
                .filteredOn(op -> hasGoodAnswer(op) && !good.contains(op.id()))
                .extracting(Op::id)
                .allMatch(OpenApiTest::needsMoreThanAnExample);
    }

    /// Nobody has made a request, keys and authorities need real ones, a service must speak TLS to
    /// have a certificate, a target or a group is there once, PUT brings no target back, this
    /// node's configuration does not come from a file, an import would take away what the others
    /// ask for, and nobody checks the example's targets.
    private static boolean needsMoreThanAnExample(String id) {
        return id.equals("getRequest")
                || Set.of("getConfig", "loadConfig", "importConfig").contains(id)
                || id.matches("\\w+?(Key|SetOfTheKey|KeyOfKeySet)")
                || id.endsWith("ServiceOfCertificate")
                || id.matches("(create|delete)(TargetOfUpstream|AclOfConsumer)")
                || id.matches("mark(AddressOf)?Target(Unh|H)ealthy")
                || id.endsWith("CaCertificate")
                || id.endsWith("ClientCertificateOfTheService");
    }

    /// Makes everything again that has been deleted, parents first.
    private static void putBack() throws Exception {
        for (String parameter : there.keySet()) {
            Op put =
                    contract.operations().stream()
                            .filter(op -> op.method().equals("PUT"))
                            .filter(op -> op.path().endsWith("/{" + parameter + "}"))
                            .min(Comparator.comparingInt(op -> op.path().length()))
                            .orElseThrow();
            send("PUT", filled(put.path(), there), JSON, Json.bytes(belonging(put)));
        }
    }

    private static boolean hasGoodAnswer(Op operation) {
        return operation
                .json()
                .path("responses")
                .propertyStream()
                .anyMatch(response -> response.getKey().startsWith("2"));
    }

    @Test
    void describesEveryPathThatTheEngineLists() throws Exception {
        List<String> patterns = new ArrayList<>();
        document.path("paths")
                .fieldNames()
                .forEachRemaining(path -> patterns.add(path.replaceAll("\\{\\w+}", "[^/]+")));
        JsonNode listed = Json.parse(send("GET", "/endpoints", null, null).body()).path("data");

        assertThat(listed)
                .extracting(JsonNode::asText)
                .isNotEmpty()
                .filteredOn(path -> patterns.stream().noneMatch(path::matches))
                .isEmpty();
    }

    @Test
    void saysEveryMethodThatIsAnswered() throws Exception {
        Map<String, Set<String>> methods = new HashMap<>();
        contract.operations()
                .forEach(op ->
                        methods.computeIfAbsent(op.path(), path -> new TreeSet<>())
                                .add(op.method()));
        for (var path : methods.entrySet()) {
            Set<String> expected = new TreeSet<>(path.getValue());
            if (expected.contains("GET")) {
                expected.add("HEAD");
            }
            String allow = send("OPTIONS", filled(path.getKey(), Map.of()), null, null).allow();
            Set<String> answered = new TreeSet<>(Arrays.asList(allow.split(", ", -1)));
            answered.remove("OPTIONS");

            assertThat(answered).as(path.getKey()).isEqualTo(expected);
        }
    }

    /// What is right, what is wrong in the common ways, and what is about nobody.
    private static List<Answer> tries(Op operation) throws Exception {
        String path = filled(operation.path(), there);
        String nobody = filled(operation.path(), Map.of());
        if (operation.id().equals("restoreRevision")) {
            // Else nothing would be left to look at.
            path += "?dry_run=1";
            nobody = path;
        }
        String method = operation.method();
        List<Answer> answers = new ArrayList<>();
        if (operation.json().has("requestBody")) {
            JsonNode body = belonging(operation);
            answers.add(send(method, path, JSON, Json.bytes(another(operation))));
            answers.add(send(method, path, JSON, "{}".getBytes(StandardCharsets.UTF_8)));
            answers.add(send(method, path, JSON, "{'".getBytes(StandardCharsets.UTF_8)));
            answers.add(send(method, path, JSON, "{\"x\":1}".getBytes(StandardCharsets.UTF_8)));
            answers.add(send(method, path, "text/plain", new byte[1]));
            if (!operation.path().contains("{")) {
                answers.add(send(method, path, JSON, new byte[11 << 20]));
            }
            // Late, so that the next operation finds all as it was.
            answers.add(send(method, path, JSON, Json.bytes(body)));
            answers.add(send(method, nobody, JSON, Json.bytes(body)));
        } else {
            answers.add(send(method, nobody, null, null));
            answers.add(send(method, path, null, null));
            answers.add(send(method, path + "?size=0&offset=x&unit=x&tags=", null, null));
        }
        return answers;
    }

    private static void assertAsDocumented(Op operation, Answer answer) {
        assertThat(contract.faults(operation, answer.status(), answer.type(), answer.body()))
                .as("%s: %s", operation.id(), answer)
                .isEmpty();
    }

    /// Sends every example that creates something, what others refer to first.
    private static void createWhatIsLookedAt(Set<String> good) throws Exception {
        List<Op> left = new ArrayList<>(contract.operations());
        left.removeIf(op ->
                !op.method().equals("POST")
                        || parameterBelow(op.path()) == null
                        || !op.example().isObject());
        Set<String> parameters = new TreeSet<>();
        left.forEach(op -> parameters.add(String.valueOf(parameterBelow(op.path()))));
        while (!left.isEmpty()) {
            Op next =
                    Collections.min(left, Comparator.comparingLong(op -> missing(op, parameters)));
            left.remove(next);
            String parameter = String.valueOf(parameterBelow(next.path()));
            if (there.containsKey(parameter)) {
                continue;
            }
            var answer =
                    send("POST", filled(next.path(), there), JSON, Json.bytes(belonging(next)));
            if (answer.status() == 201) {
                good.add(next.id());
                there.put(parameter, Json.parse(answer.body()).path("id").asText());
            }
        }
    }

    private static long missing(Op operation, Set<String> parameters) {
        return references(operation).values().stream()
                .filter(name -> parameters.contains(name) && !there.containsKey(name))
                .count();
    }

    /// By field, the path parameter of what it refers to.
    private static Map<String, String> references(Op operation) {
        Map<String, String> references = new HashMap<>();
        properties(operation)
                .properties()
                .forEach(field -> {
                    String kind = field.getValue().at("/x-kong/reference").asText();
                    if (!kind.isEmpty()) {
                        references.put(field.getKey(), kind.substring(0, kind.length() - 1));
                    }
                });
        return references;
    }

    /// The fields of the kind that an operation is about.
    private static JsonNode properties(Op operation) {
        String kind = operation.json().at("/tags/0").asText();
        JsonNode schemas = document.path("components").path("schemas");
        JsonNode whole = schemas.path(kind.substring(0, kind.length() - 1) + ".write");
        return (whole.has("oneOf") ? contract.resolved(whole.path("oneOf").path(0)) : whole)
                .path("properties");
    }

    private static boolean takes(Op operation, String reference) {
        ObjectNode child = (ObjectNode) linked(operation.example());
        child.putObject(reference).put("id", NOBODY);
        return contract.faults(operation.takes(), child).isEmpty();
    }

    /// The parameter that names one of a collection.
    private static @Nullable String parameterBelow(String collection) {
        for (String path : (Iterable<String>) document.path("paths")::fieldNames) {
            if (path.startsWith(collection + "/{")
                    && path.indexOf('/', collection.length() + 1) < 0) {
                return path.substring(collection.length() + 2, path.length() - 1);
            }
        }
        return null;
    }

    /// The example with other names than before.
    private static ObjectNode another(Op operation) {
        ObjectNode example = (ObjectNode) linked(operation.example());
        JsonNode properties = properties(operation);
        for (var field : example.properties()) {
            if (properties.path(field.getKey()).at("/x-kong/unique").asBoolean()) {
                example.put(field.getKey(), field.getValue().asText() + "-" + ++others);
            }
        }
        return example;
    }

    /// The example as a child of all that is there.
    private static ObjectNode belonging(Op operation) {
        ObjectNode example = (ObjectNode) linked(operation.example());
        references(operation)
                .forEach((field, parameter) -> {
                    if (there.containsKey(parameter) && takes(operation, field)) {
                        example.putObject(field).put("id", there.get(parameter));
                    }
                });
        return example;
    }

    /// The example with its references to what has been created.
    private static JsonNode linked(JsonNode example) {
        if (!example.isObject()) {
            return Json.object();
        }
        ObjectNode linked = example.deepCopy();
        linked.properties()
                .forEach(field -> {
                    if (field.getValue() instanceof ObjectNode reference
                            && reference.size() == 1
                            && reference.has("id")) {
                        reference.put("id", there.getOrDefault(field.getKey(), NOBODY));
                    }
                });
        return linked;
    }

    private static String filled(String path, Map<String, String> keys) {
        return ApiContract.PARAMETER
                .matcher(path)
                .replaceAll(match ->
                        STANDING.getOrDefault(
                                match.group(1), keys.getOrDefault(match.group(1), NOBODY)));
    }

    private static Answer send(
            String method, String path, @Nullable String type, byte @Nullable [] body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(gateway.adminUri() + path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<InputStream> response =
                client.send(request.build(), BodyHandlers.ofInputStream());
        boolean endless = header(response, "Content-Type").startsWith("text/event-stream");
        try (InputStream in = response.body()) {
            return new Answer(
                    method + " " + path,
                    response.statusCode(),
                    header(response, "Content-Type"),
                    header(response, "Allow"),
                    new String(
                            endless ? in.readNBytes(4) : in.readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private record Answer(String question, int status, String type, String allow, String body) {

        @Override
        public String toString() {
            return question + ": " + status + " " + body.substring(0, Math.min(400, body.length()));
        }
    }
}
