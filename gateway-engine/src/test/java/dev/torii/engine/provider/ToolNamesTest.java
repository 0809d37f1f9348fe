package dev.torii.engine.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.bedrock.BedrockDialect;
import dev.torii.engine.dialect.bedrock.Frames;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.gemini.GeminiDialect;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tools whose names a provider would refuse.
class ToolNamesTest {

    private static final String LONG = "mcp__a_server_with_a_very_long_name__" + "x".repeat(40);
    private static final String DOTTED = "files.read";

    private static final String ASKED =
            """
            {"model":"m","messages":[{"role":"user","content":"go"},
              {"role":"assistant","tool_calls":[
                {"id":"a","type":"function","function":{"name":"%1$s","arguments":"{}"}},
                {"id":"b","type":"function","function":{"name":"plain","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"1"},
              {"role":"tool","tool_call_id":"b","content":"2"}],
             "tools":[{"type":"function","function":{"name":"%1$s"}},
              {"type":"function","function":{"name":"%1$sy"}},
              {"type":"function","function":{"name":"%2$s"}},
              {"type":"custom","custom":{"name":"ファイル"}},
              {"type":"function","function":{"name":"plain"}}],
             "tool_choice":{"type":"function","function":{"name":"%2$s"}}}\
            """
                    .formatted(LONG, DOTTED);

    private static final ClientDialect CLIENT = new ChatDialect();

    private static LlmCall call(String body, boolean stream) {
        return new LlmCall(
                new LlmTarget("p", "m", RouteType.CHAT, Json.object(), null, null, null),
                new ClientCall(CLIENT, Operation.CHAT, "m", stream),
                new LlmBody(body.getBytes(UTF_8)),
                stream,
                true,
                true,
                false);
    }

    private static Translation into(ProviderDialect dialect) {
        return new Translation(CLIENT, dialect, InstantSource.system());
    }

    private static List<@Nullable String> names(JsonNode tools, String pointer) {
        List<@Nullable String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.at(pointer).textValue()));
        return names;
    }

    @Test
    void areWrittenAsBedrockTakesThem() throws Exception {
        Translation bedrock = into(new BedrockDialect());
        JsonNode body = Json.parse(bedrock.encodeRequest(call(ASKED, false)));
        List<@Nullable String> names = names(body.at("/toolConfig/tools"), "/toolSpec/name");
        assertThat(names)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
        assertThat(names.getFirst()).matches(LONG.substring(0, 57) + "_[0-9a-f]{6}");
        assertThat(names.get(2)).matches("files_read_[0-9a-f]{6}");
        assertThat(names.get(3)).matches("____[_0-9a-f]{7}");
        assertThat(names.get(4)).isEqualTo("plain");
        assertThat(body.at("/toolConfig/toolChoice/tool/name").textValue()).isEqualTo(names.get(2));
        assertThat(body.at("/messages/1/content/0/toolUse/name").textValue())
                .isEqualTo(names.getFirst());
        assertThat(bedrock.encodeRequest(call(ASKED, false))).isEqualTo(Json.bytes(body));
    }

    @Test
    void areWrittenAsAnthropicTakesThem() throws Exception {
        JsonNode body = Json.parse(into(new AnthropicDialect()).encodeRequest(call(ASKED, false)));
        List<@Nullable String> names = names(body.path("tools"), "/name");
        assertThat(names).startsWith(LONG, LONG + "y").endsWith("plain");
        assertThat(names.get(2)).matches("files_read_[0-9a-f]{6}");
        assertThat(body.at("/tool_choice/name").textValue()).isEqualTo(names.get(2));
    }

    @Test
    void areWrittenAsOpenAiTakesThem() throws Exception {
        var chat = new ChatProviderDialect(ChatProfile.OPENAI);
        JsonNode body = Json.parse(into(chat).encodeRequest(call(ASKED, false)));
        assertThat(names(body.path("tools"), "/function/name"))
                .contains("plain")
                .filteredOn(Objects::nonNull)
                .hasSize(4)
                .allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
    }

    @Test
    void areWrittenAsGeminiTakesThem() throws Exception {
        JsonNode body = Json.parse(into(new GeminiDialect()).encodeRequest(call(ASKED, false)));
        assertThat(names(body.at("/tools/0/functionDeclarations"), "/name"))
                .hasSize(5)
                .startsWith(LONG, LONG + "y")
                .allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,127}"));
    }

    @Test
    void areTheClientsOwnInAWholeAnswer() throws Exception {
        Translation bedrock = into(new BedrockDialect());
        LlmCall call = call(ASKED, false);
        List<@Nullable String> names =
                names(
                        Json.parse(bedrock.encodeRequest(call)).at("/toolConfig/tools"),
                        "/toolSpec/name");
        StringBuilder calls = new StringBuilder();
        for (String name : names) {
            calls.append(calls.isEmpty() ? "" : ",")
                    .append(
                            "{\"toolUse\":{\"toolUseId\":\"i\",\"name\":\"%s\",\"input\":{\"input\":\"t\"}}}"
                                    .formatted(name));
        }
        JsonNode answer =
                Json.parse(
                        bedrock.decodeAnswer(
                                call,
                                "{\"output\":{\"message\":{\"content\":[%s]}},\"stopReason\":\"tool_use\"}"
                                        .formatted(calls)
                                        .getBytes(UTF_8)));
        JsonNode made = answer.at("/choices/0/message/tool_calls");
        assertThat(names(made, "/function/name"))
                .containsExactly(LONG, LONG + "y", DOTTED, null, "plain");
        assertThat(made.at("/3/custom/name").textValue()).isEqualTo("ファイル");
        assertThat(made.at("/3/custom/input").textValue()).isEqualTo("t");
    }

    @Test
    void areTheClientsOwnInAStream() throws Exception {
        Translation bedrock = into(new BedrockDialect());
        LlmCall call = call(ASKED, true);
        String written =
                Json.parse(bedrock.encodeRequest(call))
                        .at("/toolConfig/tools/0/toolSpec/name")
                        .textValue();
        AnswerStream stream = bedrock.stream(call, "application/vnd.amazon.eventstream");
        String start =
                "{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"i\",\"name\":\"%s\"}}}"
                        .formatted(written);
        ByteBuffer shown =
                stream.onBytes(ByteBuffer.wrap(Frames.event("contentBlockStart", start)));
        assertThat(UTF_8.decode(shown).toString())
                .contains("\"name\":\"" + LONG + "\"")
                .doesNotContain(written);
    }
}
