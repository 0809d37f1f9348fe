package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;

/// Providers that play the same two turns, each in its own grammar: asked for the weather in
/// Sapporo, they think (who can), say a word and call the tool `weather`; told of the snow, they
/// say so. The first turn costs 40 and 21 tokens, the second 70 and 5.
enum Vendor {
    OPENAI("openai", "gpt-5-mini", "call_7"),
    DEEPSEEK("deepseek", "deepseek-reasoner", "call_7"),
    MISTRAL("mistral", "mistral-medium-latest", "D681PevKs"),
    ANTHROPIC("anthropic", "claude-sonnet-4-5", "toolu_7"),
    GEMINI("gemini", "gemini-2.5-flash", ""),
    BEDROCK("bedrock", "us.amazon.nova-2-lite-v1:0", "tooluse_7");

    static final String SYSTEM = "短く答えてください";
    static final String QUESTION = "札幌の天気は？";
    static final String THOUGHT = "道具を使う";
    static final String SAID = "調べます";
    static final JsonNode ARGUMENTS = Json.object().put("city", "札幌");
    static final String RESULT = "雪、-3°C";
    static final String ANSWER = "雪です";

    /// What a vendor signs its thoughts with.
    static final String SIGNATURE = "c2lnbmF0dXJlLys9PQ==";

    /// The gateway's key.
    static final String KEY = "sk-the-real-key";

    private final String provider;
    private final String model;
    private final String callId;

    Vendor(String provider, String model, String callId) {
        this.provider = provider;
        this.model = model;
        this.callId = callId;
    }

    String provider() {
        return provider;
    }

    String model() {
        return model;
    }

    /// Its id of the call; empty where it gives none.
    String callId() {
        return callId;
    }

    /// The fields `auth` and `model` of a plugin's configuration.
    ///
    /// @param name the model; empty when the client says which
    String target(FakeUpstream upstream, String name) {
        String auth =
                switch (this) {
                    case OPENAI, DEEPSEEK, MISTRAL ->
                            "\"header_name\":\"Authorization\",\"header_value\":\"Bearer "
                                    + KEY
                                    + "\"";
                    case ANTHROPIC ->
                            "\"header_name\":\"x-api-key\",\"header_value\":\"" + KEY + "\"";
                    case GEMINI ->
                            "\"header_name\":\"x-goog-api-key\",\"header_value\":\"" + KEY + "\"";
                    case BEDROCK ->
                            "\"aws_access_key_id\":\"AKIDEXAMPLE\",\"aws_secret_access_key\":\""
                                    + KEY
                                    + "\"";
                };
        String options =
                switch (this) {
                    case OPENAI, DEEPSEEK, GEMINI -> "";
                    case MISTRAL -> ",\"mistral_format\":\"openai\"";
                    case ANTHROPIC -> ",\"anthropic_version\":\"2023-06-01\"";
                    case BEDROCK -> ",\"bedrock\":{\"aws_region\":\"eu-west-1\"}";
                };
        return "\"auth\":{%s},\"model\":{\"provider\":\"%s\"%s,\"options\":{\"upstream_url\":\"%s\"%s}}"
                .formatted(
                        auth,
                        provider,
                        name.isEmpty() ? "" : ",\"name\":\"" + name + "\"",
                        upstream.url(),
                        options);
    }

    /// That a request shows the gateway's key, and nothing of the client's.
    ///
    /// @param own whether the client speaks the provider's dialect, and so its headers pass
    void checkHeaders(Received request, boolean own) {
        switch (this) {
            case OPENAI, DEEPSEEK, MISTRAL ->
                    assertThat(request.header("authorization")).isEqualTo("Bearer " + KEY);
            case ANTHROPIC -> {
                assertThat(request.header("x-api-key")).isEqualTo(KEY);
                assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
            }
            case GEMINI -> assertThat(request.header("x-goog-api-key")).isEqualTo(KEY);
            case BEDROCK ->
                    assertThat(request.header("authorization"))
                            .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
        }
        assertThat(request.headers().toString() + request.target()).doesNotContain(Sdks.KEY);
        if (!own) {
            assertThat(request.headers().keySet())
                    .noneMatch(name -> name.startsWith("x-stainless-"))
                    .noneMatch(name -> name.startsWith("openai-"))
                    .noneMatch(name -> this != ANTHROPIC && name.startsWith("anthropic-"))
                    .noneMatch(name -> name.startsWith("x-goog-api-client"));
        }
    }

    /// The stream of the first turn.
    FakeUpstream.Answer call() {
        return switch (this) {
            case OPENAI -> FakeUpstream.stream(VendorStreams.chat("", callId));
            case DEEPSEEK -> FakeUpstream.stream(VendorStreams.chat(THOUGHT, callId));
            case MISTRAL -> FakeUpstream.stream(VendorStreams.MISTRAL_CALL);
            case ANTHROPIC -> FakeUpstream.stream(VendorStreams.CLAUDE_CALL);
            case GEMINI -> FakeUpstream.stream(VendorStreams.GEMINI_CALL);
            case BEDROCK -> VendorStreams.frames(VendorStreams.BEDROCK_CALL);
        };
    }

    /// The stream of the second turn.
    FakeUpstream.Answer last() {
        return switch (this) {
            case OPENAI, DEEPSEEK, MISTRAL -> FakeUpstream.stream(VendorStreams.CHAT_LAST);
            case ANTHROPIC -> FakeUpstream.stream(VendorStreams.CLAUDE_LAST);
            case GEMINI -> FakeUpstream.stream(VendorStreams.GEMINI_LAST);
            case BEDROCK -> VendorStreams.frames(VendorStreams.BEDROCK_LAST);
        };
    }

    /// The first turn, cut off in the middle of its events.
    FakeUpstream.Answer cut() {
        return switch (this) {
            case OPENAI -> VendorStreams.cut(VendorStreams.chat("", callId));
            case DEEPSEEK -> VendorStreams.cut(VendorStreams.chat(THOUGHT, callId));
            case MISTRAL -> VendorStreams.cut(VendorStreams.MISTRAL_CALL);
            case ANTHROPIC -> VendorStreams.cut(VendorStreams.CLAUDE_CALL);
            case GEMINI -> VendorStreams.cut(VendorStreams.GEMINI_CALL);
            case BEDROCK -> VendorStreams.cutFrames(VendorStreams.BEDROCK_CALL);
        };
    }

    /// A refusal with the text "slow down".
    FakeUpstream.Answer refusal(int status) {
        String body =
                switch (this) {
                    case OPENAI, DEEPSEEK ->
                            "{\"error\":{\"message\":\"slow down\",\"type\":\"some_error\",\"param\":null,\"code\":null}}";
                    case MISTRAL ->
                            "{\"object\":\"error\",\"message\":\"slow down\",\"type\":\"some_error\",\"param\":null,\"code\":\"1300\"}";
                    case ANTHROPIC ->
                            "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"slow down\"},\"request_id\":\"req_1\"}"
                                    .formatted(
                                            switch (status) {
                                                case 401 -> "authentication_error";
                                                case 429 -> "rate_limit_error";
                                                default -> "invalid_request_error";
                                            });
                    case GEMINI ->
                            "{\"error\":{\"code\":%d,\"message\":\"slow down\",\"status\":\"%s\"}}"
                                    .formatted(
                                            status,
                                            switch (status) {
                                                case 401 -> "UNAUTHENTICATED";
                                                case 429 -> "RESOURCE_EXHAUSTED";
                                                default -> "INVALID_ARGUMENT";
                                            });
                    case BEDROCK -> "{\"message\":\"slow down\"}";
                };
        return FakeUpstream.whole(status, "application/json", body, "Retry-After", "7");
    }

    /// What a request says, in no dialect. Empty: not said.
    record Asked(
            String system,
            String question,
            String tool,
            JsonNode schema,
            String callId,
            JsonNode arguments,
            String resultId,
            String result) {

        /// That it is the first turn.
        void isFirst() {
            assertThat(system).isEqualTo(SYSTEM);
            assertThat(question).isEqualTo(QUESTION);
            assertThat(tool).isEqualTo("weather");
            assertThat(schema.at("/properties/city/type").asText()).isEqualToIgnoringCase("string");
            assertThat(result).isEmpty();
        }

        /// That it is the second turn, with all of the first.
        void isSecond() {
            assertThat(system).isEqualTo(SYSTEM);
            assertThat(question).isEqualTo(QUESTION);
            assertThat(tool).isEqualTo("weather");
            assertThat(arguments).isEqualTo(ARGUMENTS);
            assertThat(resultId).isEqualTo(callId);
            assertThat(result).isEqualTo(RESULT);
        }
    }

    /// Reads a request.
    Asked asked(Received request) throws Exception {
        ObjectNode body = (ObjectNode) Json.parse(request.text());
        return switch (this) {
            case OPENAI, DEEPSEEK, MISTRAL -> {
                JsonNode call = body.at("/messages/2/tool_calls/0");
                yield new Asked(
                        text(body.at("/messages/0/content")),
                        text(body.at("/messages/1/content")),
                        body.at("/tools/0/function/name").asText(),
                        body.at("/tools/0/function/parameters"),
                        call.path("id").asText(),
                        Json.parse(
                                call.at("/function/arguments")
                                        .asText("{}")
                                        .getBytes(StandardCharsets.UTF_8)),
                        body.at("/messages/3/tool_call_id").asText(),
                        text(body.at("/messages/3/content")));
            }
            case ANTHROPIC -> {
                JsonNode call = element(body.at("/messages/1/content"), "input");
                JsonNode result = body.at("/messages/2/content/0");
                yield new Asked(
                        text(body.path("system")),
                        text(body.at("/messages/0/content")),
                        body.at("/tools/0/name").asText(),
                        body.at("/tools/0/input_schema"),
                        call.path("id").asText(),
                        call.path("input"),
                        result.path("tool_use_id").asText(),
                        text(result.path("content")));
            }
            case GEMINI -> {
                JsonNode tool = body.at("/tools/0/functionDeclarations/0");
                JsonNode call =
                        element(body.at("/contents/1/parts"), "functionCall").path("functionCall");
                JsonNode result = body.at("/contents/2/parts/0/functionResponse");
                JsonNode said = result.path("response");
                yield new Asked(
                        text(body.at("/systemInstruction/parts")),
                        text(body.at("/contents/0/parts")),
                        tool.path("name").asText(),
                        tool.has("parameters")
                                ? tool.path("parameters")
                                : tool.path("parametersJsonSchema"),
                        call.path("name").asText(),
                        call.path("args"),
                        result.path("name").asText(),
                        said.isEmpty() ? "" : said.elements().next().asText());
            }
            case BEDROCK -> {
                JsonNode call = element(body.at("/messages/1/content"), "toolUse").path("toolUse");
                JsonNode result = body.at("/messages/2/content/0/toolResult");
                yield new Asked(
                        text(body.path("system")),
                        text(body.at("/messages/0/content")),
                        body.at("/toolConfig/tools/0/toolSpec/name").asText(),
                        body.at("/toolConfig/tools/0/toolSpec/inputSchema/json"),
                        call.path("toolUseId").asText(),
                        call.path("input"),
                        result.path("toolUseId").asText(),
                        text(result.path("content")));
            }
        };
    }

    /// The text of a string, or of a list of parts.
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    /// The first element that has a field; the missing node when none has.
    static JsonNode element(JsonNode list, String field) {
        for (JsonNode element : list) {
            if (element.has(field)) {
                return element;
            }
        }
        return Json.object().path(field);
    }
}
