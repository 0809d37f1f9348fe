package dev.torii.engine.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Anthropic and the hosts of its models demand of a request.
class AnthropicProviderRulesTest {

    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]";

    private final AnthropicClientDialect client = new AnthropicClientDialect();
    private final Losses losses = new Losses();

    private static ObjectNode json(String json) throws Exception {
        return (ObjectNode) Json.parse(json);
    }

    private static ObjectNode body(String fields) throws Exception {
        return json("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9," + fields + "}");
    }

    private ObjectNode written(LlmRequest request) throws Exception {
        return new AnthropicDialect().writeRequest(request, losses);
    }

    /// The same request from a client of another dialect.
    private static LlmRequest foreign(
            LlmRequest read,
            List<Tool> tools,
            @Nullable ToolChoice choice,
            @Nullable OutputFormat format) {
        return new LlmRequest(
                read.model(),
                read.messages(),
                tools,
                choice,
                null,
                read.sampling(),
                read.limit(),
                format,
                null,
                read.reasoning(),
                read.session(),
                1,
                false,
                true,
                Extra.NONE);
    }

    private LlmRequest hello() throws Exception {
        return client.readRequest(body(HELLO));
    }

    @Test
    void keepsTheFirstLastingMarkAndTheLastThree() throws Exception {
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            blocks.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"text\",\"text\":\"m")
                    .append(i)
                    .append("\",\"cache_control\":{\"type\":\"ephemeral\"}}");
        }
        ObjectNode body =
                body(
                        """
                        "tools":[{"name":"f","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],
                        "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],
                        "messages":[{"role":"user","content":[%s]}]\
                        """
                                .formatted(blocks));
        ObjectNode written = written(client.readRequest(body));
        assertThat(written.at("/tools/0").has("cache_control")).isTrue();
        assertThat(written.at("/system/0").has("cache_control")).isFalse();
        assertThat(written.at("/messages/0/content"))
                .extracting(block -> block.has("cache_control"))
                .containsExactly(false, false, true, true, true);
        assertThat(losses.count()).isEqualTo(3);

        ObjectNode four =
                body("\"messages\":[{\"role\":\"user\",\"content\":[%s]}]".formatted(blocks));
        assertThat(written(client.readRequest(four)).at("/messages/0/content"))
                .extracting(block -> block.has("cache_control"))
                .containsExactly(false, true, true, true, true);
    }

    @Test
    void findsTheLongestAnswerByTheNameWhereverTheModelRuns() {
        for (var model :
                Map.of(
                                "claude-sonnet-4-5-20250929", 64_000,
                                "us.anthropic.claude-opus-4-1-20250805-v1:0", 32_000,
                                "claude-opus-4-8", 128_000,
                                "anthropic/claude-opus-4.6", 128_000,
                                "claude-3-5-haiku-latest", 8192)
                        .entrySet()) {
            assertThat(AnthropicLimits.get().of(model.getKey())).isEqualTo(model.getValue());
        }
        assertThat(AnthropicLimits.get().of("my-own")).isNull();
    }

    @Test
    void makesTheBodyThatAHostWants() throws Exception {
        ObjectNode body = body("\"stream\":true,\"system\":\"s\",\"tools\":[]," + HELLO);
        String before = body.toString();
        assertThat(Json.text(AnthropicHost.VERTEX.body(body, List.of("b"))))
                .isEqualTo(
                        "{\"anthropic_version\":\"vertex-2023-10-16\",\"max_tokens\":9,\"stream\":true,\"system\":\"s\",\"tools\":[],"
                                + HELLO
                                + "}");
        assertThat(Json.text(AnthropicHost.BEDROCK.body(body, List.of("b"))))
                .isEqualTo(
                        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":9,\"system\":\"s\",\"tools\":[],"
                                + HELLO
                                + ",\"anthropic_beta\":[\"b\"]}");
        assertThat(AnthropicHost.ANTHROPIC.body(body, List.of("b"))).isSameAs(body);
        assertThat(body).hasToString(before);
    }

    @ParameterizedTest
    @CsvSource({"url,url,https://a.example/x.png", "file,file_id,file_1"})
    void refusesToLetAHostFetchWhatItCannot(String type, String field, String value)
            throws Exception {
        LlmRequest request =
                client.readRequest(
                        body(
                                """
                                "messages":[{"role":"user","content":[{"type":"image","source":{"type":"%s","%s":"%s"}}]}]\
                                """
                                        .formatted(type, field, value)));
        assertThat(written(request).at("/messages/0/content/0/source/" + field).textValue())
                .isEqualTo(value);
        assertThatThrownBy(() ->
                        new AnthropicDialect(AnthropicHost.BEDROCK).writeRequest(request, losses))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith(field.equals("url") ? "url: " : "file_id: ");
    }

    @Test
    void givesCallsOfOthersIdsThatAnthropicTakes() throws Exception {
        JsonNode messages =
                written(
                                client.readRequest(
                                        body(
                                                """
                                                "messages":[{"role":"user","content":"a"},
                                                {"role":"assistant","content":[{"type":"tool_use","id":"functions.f:0","name":"f","input":{}}]},
                                                {"role":"user","content":[{"type":"tool_result","tool_use_id":"functions.f:0","content":"1"}]}]\
                                                """)))
                        .path("messages");
        String id = messages.at("/1/content/0/id").textValue();
        assertThat(id).matches("[A-Za-z0-9_-]+");
        assertThat(messages.at("/2/content/0/tool_use_id").textValue()).isEqualTo(id);
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void refusesToForceAToolThatIsNotThere() throws Exception {
        List<Tool> elsewhere =
                List.of(new Tool.Server("openai-responses", "web_search", json("{}")));
        assertThatThrownBy(
                        () -> written(foreign(hello(), elsewhere, new ToolChoice.Required(), null)))
                .hasMessageStartingWith("tool_choice: claude-sonnet-4-5 has no such tool");
        var allowed = new ToolChoice.Allowed(List.of("web_search"), true);
        assertThatThrownBy(() -> written(foreign(hello(), elsewhere, allowed, null)))
                .hasMessageStartingWith("tool_choice: claude-sonnet-4-5 has no such tool");
        assertThat(written(foreign(hello(), elsewhere, new ToolChoice.Auto(), null)).has("tools"))
                .isFalse();
    }

    @Test
    void offersOfAllKindsOfToolsThoseThatAreAllowed() throws Exception {
        List<Tool> tools =
                List.of(
                        new Tool.Function("f", null, null, null, null),
                        new Tool.Custom("patch", null, null),
                        new Tool.Custom("draw", null, null));
        JsonNode body =
                written(
                        foreign(
                                hello(),
                                tools,
                                new ToolChoice.Allowed(List.of("draw"), true),
                                null));
        assertThat(body.path("tools"))
                .extracting(tool -> tool.path("name").textValue())
                .containsExactly("draw");
        assertThat(body.at("/tool_choice/type").textValue()).isEqualTo("any");
    }

    @Test
    void holdsAToolToItsSchemaInAnthropicsWords() throws Exception {
        ObjectNode schema =
                json(
                        """
                        {"type":"object","properties":{
                          "format":{"type":"string","format":"regex","minLength":2},
                          "when":{"type":"string","format":"date-time"},
                          "one":{"oneOf":[{"type":"object","properties":{}},{"type":"null"}]},
                          "ref":{"$ref":"#/$defs/d"}},"$defs":{"d":{"type":"object"}}}\
                        """);
        JsonNode tool =
                written(
                                foreign(
                                        hello(),
                                        List.of(new Tool.Function("f", null, schema, true, null)),
                                        new ToolChoice.Auto(),
                                        null))
                        .at("/tools/0");
        assertThat(tool.path("strict").booleanValue()).isTrue();
        assertThat(tool.path("input_schema"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"type":"object","additionalProperties":false,"properties":{
                                  "format":{"type":"string","description":"(minLength 2, format regex)"},
                                  "when":{"type":"string","format":"date-time"},
                                  "one":{"anyOf":[{"type":"object","properties":{},"additionalProperties":false},{"type":"null"}]},
                                  "ref":{"$ref":"#/$defs/d"}},"$defs":{"d":{"type":"object","additionalProperties":false}}}\
                                """));
        assertThat(losses.count()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "claude-sonnet-4-5 | {\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}}}",
                "claude-sonnet-4-5 | {\"$ref\":\"https://a.example/schema\"}",
                "claude-3-7-sonnet | {\"type\":\"object\"}"
            })
    void asksInWordsForASchemaThatTheModelCannotBeHeldTo(String model, String schema)
            throws Exception {
        ObjectNode body = body(HELLO);
        body.put("model", model);
        JsonNode written =
                written(
                        foreign(
                                client.readRequest(body),
                                List.of(),
                                null,
                                new OutputFormat.JsonSchema("a", json(schema), null, null)));
        assertThat(written.has("output_config")).isFalse();
        assertThat(written.at("/system/0/text").textValue()).contains(schema);
        assertThat(losses.count()).isEqualTo(1);
    }

    // Row 21.
    @Test
    void takesForeignThoughtsOutOfABodyThatPasses() throws Exception {
        String own = "{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"EqQB/+==\"}";
        var seal = new Seal(Seal.Kind.SIGNATURE, "gemini", "c2ln");
        String foreign =
                "{\"type\":\"thinking\",\"thinking\":\"b\",\"signature\":\"%s\"}"
                        .formatted(SealWrap.wrap(seal, null));
        String text =
                "{ \"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":[%s]},{\"role\":\"user\",\"content\":\"c\"}],\"model\":\"x\"}";
        var decided = new Decided("x", false, null, null, null, null);

        var kept = new LlmBody(text.formatted(own).getBytes(StandardCharsets.UTF_8));
        new AnthropicDialect().decide(kept, decided);
        assertThat(kept.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(text.formatted(own));

        var mixed =
                new LlmBody(text.formatted(own + "," + foreign).getBytes(StandardCharsets.UTF_8));
        new AnthropicDialect().decide(mixed, decided);
        assertThat(mixed.bytes())
                .asString(StandardCharsets.UTF_8)
                .contains(own)
                .doesNotContain("torii001");

        var all = new LlmBody(text.formatted(foreign).getBytes(StandardCharsets.UTF_8));
        new AnthropicDialect().decide(all, decided);
        assertThat(Json.parse(all.bytes()).path("messages")).hasSize(1);
    }

    @Test
    void putsPromptsAroundAClientsOwn() throws Exception {
        ObjectNode body = body("\"system\":\"own\"," + HELLO);
        List<ObjectNode> before =
                List.of(
                        json("{\"role\":\"system\",\"content\":\"first\"}"),
                        json("{\"role\":\"assistant\",\"content\":\"x\"}"));
        List<ObjectNode> after =
                List.of(
                        json("{\"role\":\"system\",\"content\":\"last\"}"),
                        json("{\"role\":\"user\",\"content\":\"y\"}"));
        client.surround(body, before, after);
        assertThat(body.path("system"))
                .extracting(block -> block.path("text").textValue())
                .containsExactly("first", "own", "last");
        assertThat(body.path("messages"))
                .extracting(message -> message.path("content").textValue())
                .containsExactly("x", "a", "y");

        ObjectNode claudeCode =
                body(
                        "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cch=1\"}],"
                                + HELLO);
        client.surround(claudeCode, before, List.of());
        assertThat(claudeCode.at("/system/0/text").textValue()).startsWith("x-anthropic");
        assertThat(claudeCode.at("/system/1/text").textValue()).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages,CHAT",
        "/any/messages,CHAT",
        "/v1/messages/count_tokens,COUNT_TOKENS",
        "/v1/messages/batches,PASS",
        "/v1/messages/batches/b_1/results,PASS",
        "/v1/models,MODELS",
        "/v1/models/claude-x,MODELS"
    })
    void knowsItsPaths(String path, Operation operation) {
        assertThat(client.operation(path)).isEqualTo(operation);
        assertThat(client.operation("/v1/chat/completions")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\":[],\"max_tokens\":1,\"system\":\"s\"}                         | true",
                "{\"messages\":[],\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]}          | true",
                "{\"messages\":[{\"content\":[{\"type\":\"tool_result\"}]}]}                 | true",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"max_tokens\":1}     | false",
                "{\"system\":\"s\",\"max_tokens\":1}                                         | false"
            })
    void knowsItsBodies(String body, boolean known) throws Exception {
        assertThat(client.recognizes(json(body))).isEqualTo(known);
        assertThat(client.marked(Map.of("anthropic-beta", "x")::get)).isTrue();
        assertThat(client.marked(Map.of("user-agent", "x")::get)).isFalse();
    }

    @Test
    void listsModels() throws Exception {
        assertThat(
                        Json.parse(
                                client.writeModels(
                                        List.of(
                                                new ModelCard(
                                                        "claude-x",
                                                        "anthropic",
                                                        Instant.EPOCH,
                                                        200_000L,
                                                        64_000L),
                                                new ModelCard(
                                                        "other", "o", Instant.EPOCH, null, null)))))
                .isEqualTo(
                        Json.parse(
                                """
                                {"data":[{"type":"model","id":"claude-x","display_name":"claude-x","created_at":"1970-01-01T00:00:00Z",
                                  "max_input_tokens":200000,"max_tokens":64000},
                                 {"type":"model","id":"other","display_name":"other","created_at":"1970-01-01T00:00:00Z"}],
                                 "has_more":false,"first_id":"claude-x","last_id":"other"}\
                                """));
        assertThat(Json.parse(client.writeModels(List.of())).path("first_id").isNull()).isTrue();
    }
}
