package dev.torii.engine.dialect.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import org.junit.jupiter.api.Test;

/// A tool that takes nothing is called with nothing, also where the model writes `null` for it.
class CohereNullArgumentsTest {

    private static String arguments(LlmAnswer answer) {
        return ((Part.ToolCall) answer.choices().getFirst().parts().getFirst()).arguments();
    }

    private static String streamed(String... pieces) {
        var stream = new StringBuilder();
        stream.append(
                event("tool-call-start", "'id':'c','function':{'name':'now','arguments':''}"));
        for (String piece : pieces) {
            stream.append(event("tool-call-delta", "'function':{'arguments':'" + piece + "'}"));
        }
        stream.append("data: {'type':'message-end','delta':{'finish_reason':'TOOL_CALL'}}\n\n");
        return arguments(
                StreamGrammar.readHoweverCut(
                                CohereEventReader::new, stream.toString().replace('\'', '"'))
                        .answer());
    }

    private static String event(String type, String call) {
        return "data: {'type':'%s','index':0,'delta':{'message':{'tool_calls':{%s}}}}\n\n"
                .formatted(type, call);
    }

    @Test
    void areNone() throws Exception {
        String whole =
                "{\"finish_reason\":\"TOOL_CALL\",\"message\":{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"now\",\"arguments\":\"null\"}}]}}";
        assertThat(arguments(new CohereDialect().readAnswer(whole.getBytes(UTF_8))))
                .isEqualTo("{}");
        assertThat(streamed("null")).isEqualTo("{}");
    }

    @Test
    void areAValueWithinOthers() {
        assertThat(streamed("{\\'zone\\':", "null", "}")).isEqualTo("{\"zone\":null}");
    }
}
