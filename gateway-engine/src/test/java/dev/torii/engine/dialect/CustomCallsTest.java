package dev.torii.engine.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import org.junit.jupiter.api.Test;

/// Calls of functions that stand for custom tools. Row 30.
class CustomCallsTest {

    private static final String PATCH = "*** Begin Patch\n+\"é\" \\ 日本\n*** End Patch";

    private static final Part[] CALLS = {
        new Part.ToolCall("a", "apply_patch", PATCH, true, null),
        new Part.ToolCall("b", "f", "{\"input\":\"x\"}", false, null)
    };

    private final ChatProviderDialect provider = new ChatProviderDialect(ChatProfile.COMPATIBLE);

    private static LlmRequest request() throws Exception {
        return new ChatDialect()
                .readRequest(
                        (ObjectNode)
                                Json.parse(
                                        """
                                        {"messages":[{"role":"user","content":"q"}],"tools":[
                                          {"type":"custom","custom":{"name":"apply_patch"}},
                                          {"type":"function","function":{"name":"f"}}]}\
                                        """));
    }

    private static String calls() {
        return """
        {"index":0,"id":"a","type":"function","function":{"name":"apply_patch","arguments":%s}},
        {"index":1,"id":"b","type":"function","function":{"name":"f","arguments":"{\\"input\\":\\"x\\"}"}}\
        """
                .replace("\n", "")
                .formatted(Json.text(Json.text(Json.object().put("input", PATCH))));
    }

    @Test
    void haveTheirFreeTextInAWholeAnswer() throws Exception {
        String body =
                "{\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[%s]},\"finish_reason\":\"tool_calls\"}]}"
                        .formatted(calls());
        assertThat(
                        CustomCalls.of(provider.readAnswer(body.getBytes(UTF_8)), request())
                                .choices()
                                .getFirst()
                                .parts())
                .containsExactly(CALLS);
    }

    @Test
    void haveTheirFreeTextInAStream() throws Exception {
        LlmRequest request = request();
        String stream =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[%s]},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"
                        .formatted(calls());
        assertThat(
                        StreamGrammar.readHoweverCut(
                                        () -> CustomCalls.of(provider.reader(), request), stream)
                                .answer()
                                .choices()
                                .getFirst()
                                .parts())
                .containsExactly(CALLS);
    }
}
