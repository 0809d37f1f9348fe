package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Tool;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Words of this dialect that are old, or that one vendor alone has.
class ChatVendorWordsTest {

    private final ChatProviderDialect dialect = new ChatProviderDialect(ChatProfile.COMPATIBLE);

    private LlmAnswer.Choice whole(String message, String finish) throws Exception {
        return dialect.readAnswer(choice("message", message, finish).getBytes(UTF_8))
                .choices()
                .getFirst();
    }

    private static LlmAnswer.Choice streamed(String... deltas) {
        var stream = new StringBuilder();
        for (String delta : deltas) {
            stream.append("data: ").append(choice("delta", delta, null)).append("\n\n");
        }
        stream.append("data: ")
                .append(choice("delta", "{}", "stop"))
                .append("\n\ndata: [DONE]\n\n");
        return StreamGrammar.read(new ChatEventReader(), stream.toString())
                .answer()
                .choices()
                .getFirst();
    }

    private static String choice(String field, String message, @Nullable String finish) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"%s\":%s,\"finish_reason\":%s}]}"
                .formatted(field, message, finish == null ? "null" : "\"" + finish + "\"")
                .replace('\'', '"');
    }

    private static void assertCallsWeather(LlmAnswer.Choice choice) {
        assertThat(choice.finish().kind()).isEqualTo(Finish.Kind.TOOL_CALLS);
        assertThat(choice.parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.ToolCall.class,
                        call -> {
                            assertThat(call.name()).isEqualTo("weather");
                            assertThat(call.arguments()).isEqualTo("{\"city\":\"大阪\"}");
                            assertThat(call.id()).startsWith("call_");
                        });
    }

    @Test
    void readsTheCallOfTheOlderForm() throws Exception {
        assertCallsWeather(
                whole(
                        "{'content':null,'function_call':{'name':'weather','arguments':'{\\'city\\':\\'大阪\\'}'}}",
                        "function_call"));
        assertCallsWeather(
                streamed(
                        "{'content':null,'function_call':{'name':'weather','arguments':''}}",
                        "{'function_call':{'arguments':'{\\'city\\':'}}",
                        "{'function_call':{'arguments':'\\'大阪\\'}'}}"));
    }

    @Test
    void readsWhatASoundSays() throws Exception {
        String audio = "{'content':null,'audio':{'id':'a','data':'UklGRg==','transcript':'Hello'}}";
        assertThat(whole(audio, "stop").parts()).containsExactly(new Part.Text("Hello"));
        assertThat(
                        streamed(
                                        "{'audio':{'id':'a','transcript':'Hel'}}",
                                        "{'audio':{'transcript':'lo'}}",
                                        "{'audio':{'data':'UklGRg=='}}")
                                .parts())
                .containsExactly(new Part.Text("Hello"));
    }

    @Test
    void passesOverWhatHasNoWords() throws Exception {
        String content =
                "{'content':[{'type':'text','text':'a'},{'type':'reference','reference_ids':[0]},{'type':'text','text':'b'}]}";
        assertThat(whole(content, "stop").parts())
                .containsExactly(new Part.Text("a"), new Part.Text("b"));
    }

    @ParameterizedTest
    @CsvSource({
        "sensitive,                                     CONTENT_FILTER",
        "network_error,                                 ERROR",
        "model_context_window_exceeded,                 CONTEXT_FULL",
        "content_filter: PROHIBITED_CONTENT,            CONTENT_FILTER",
        "function_call_filter: MALFORMED_FUNCTION_CALL, ERROR",
        "something_new,                                 UNKNOWN"
    })
    void knowsEachVendorsReasonsToFinish(String reason, Finish.Kind kind) throws Exception {
        assertThat(whole("{'content':'x'}", reason).finish().kind()).isEqualTo(kind);
    }

    @Test
    void saysWhatZaiSays() {
        LlmError error =
                dialect.readError(500, "{\"code\":500,\"msg\":\"no such model\"}".getBytes(UTF_8));
        assertThat(error.message()).isEqualTo("no such model");
        assertThat(error.kind()).isEqualTo(LlmError.Kind.SERVER);
    }

    @Test
    void keepsToolsThatAServerRunsItself() throws Exception {
        ObjectNode body =
                Json.parseObjectOrNull(
                        "{\"tools\":[{\"type\":\"browser_search\",\"depth\":2}]}".getBytes(UTF_8));
        List<Tool> tools = ChatTools.read(Objects.requireNonNull(body));
        assertThat(tools)
                .containsExactly(
                        new Tool.Server(
                                "openai",
                                "browser_search",
                                (ObjectNode) body.path("tools").path(0)));
    }
}
