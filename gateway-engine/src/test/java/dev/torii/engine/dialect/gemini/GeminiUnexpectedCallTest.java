package dev.torii.engine.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.llm.Finish;
import org.junit.jupiter.api.Test;

/// A function that the model calls though nobody offered it.
class GeminiUnexpectedCallTest {

    private static String answer(String parts) {
        return "{'candidates':[{'content':{'role':'model','parts':[%s]},'finishReason':'UNEXPECTED_TOOL_CALL','index':0}]}"
                .formatted(parts)
                .replace('\'', '"');
    }

    private static Finish.Kind whole(String answer) throws Exception {
        return new GeminiDialect()
                .readAnswer(answer.getBytes(UTF_8))
                .choices()
                .getFirst()
                .finish()
                .kind();
    }

    private static Finish.Kind streamed(String answer) {
        return StreamGrammar.readHoweverCut(GeminiEventReader::new, "data: " + answer + "\n\n")
                .answer()
                .choices()
                .getFirst()
                .finish()
                .kind();
    }

    @Test
    void isTheClientsToAnswer() throws Exception {
        String called = answer("{'functionCall':{'name':'list_files','args':{}}}");
        assertThat(whole(called)).isEqualTo(Finish.Kind.TOOL_CALLS);
        assertThat(streamed(called)).isEqualTo(Finish.Kind.TOOL_CALLS);
    }

    @Test
    void isAnErrorWhereItIsNotTold() throws Exception {
        assertThat(whole(answer(""))).isEqualTo(Finish.Kind.ERROR);
        assertThat(streamed(answer(""))).isEqualTo(Finish.Kind.ERROR);
    }
}
