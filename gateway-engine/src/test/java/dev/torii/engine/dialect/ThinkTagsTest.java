package dev.torii.engine.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Thoughts between tags at the beginning of a text.
class ThinkTagsTest {

    /// Makes of each piece of bytes a piece of one text, with a tool call behind it.
    private static final class Pieces implements EventReader {

        private final PartEvents parts = new PartEvents();

        @Override
        public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
            parts.text(UTF_8.decode(bytes).toString(), sink);
        }

        @Override
        public void end(Consumer<StreamEvent> sink) {
            parts.call("c", "f", sink);
            parts.finish(Finish.of(Finish.Kind.STOP), null, sink);
        }
    }

    private static final ObjectNode FOUND = Json.object().put("type", "url_citation");

    private static final Part.ToolCall CALL = new Part.ToolCall("c", "f", "{}", false, null);

    private static List<Part> streamed(String text, int length) {
        List<byte[]> pieces = StreamGrammar.cut(text.getBytes(UTF_8), () -> length);
        return StreamGrammar.read(new ThinkTags(new Pieces()), pieces)
                .answer()
                .choices()
                .getFirst()
                .parts();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>\nHmm, <b> </thing> \n</think>\n\nHello </think> <think>",
                "\n <think>a</think>b",
                "<think></think>b",
                "<think> \n </think>\n b",
                "<think>a</think> \n",
                "<think>never closed </thi",
                "<think>",
                "<think>  </th",
                "<thin",
                "<thinking>no tag</thinking>",
                "  leading blanks stay",
                "a <think>later</think>",
                " "
            })
    void areFoundHoweverTheTextIsCut(String text) {
        var whole =
                new LlmAnswer(
                        null,
                        0,
                        null,
                        List.of(
                                new LlmAnswer.Choice(
                                        0,
                                        List.of(new Part.Text(text), CALL),
                                        Finish.of(Finish.Kind.TOOL_CALLS))),
                        null);
        List<Part> split = ThinkTags.split(whole).choices().getFirst().parts();
        for (int length = 1; length <= text.length(); length++) {
            assertThat(streamed(text, length)).as("cut by %d", length).isEqualTo(split);
        }
    }

    @Test
    void becomeAThoughtWithoutItsBlanks() {
        assertThat(streamed("<think>\nHmm, <b>\n</think>\n\nHello", 3))
                .containsExactly(
                        new Part.Thinking("Hmm, <b>", false, null), new Part.Text("Hello"), CALL);
        assertThat(streamed("<think></think>b", 3)).containsExactly(new Part.Text("b"), CALL);
        assertThat(streamed("say <think>", 3)).containsExactly(new Part.Text("say <think>"), CALL);
    }

    @Test
    void standInEachChoiceAndBehindOtherParts() {
        EventReader two =
                new EventReader() {
                    @Override
                    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
                        sink.accept(new StreamEvent.Start("i", "m", 1));
                        sink.accept(new StreamEvent.PartStart(0, 0, new Opening.Refusal()));
                        sink.accept(new StreamEvent.PartDelta(0, 0, "<think>r"));
                        sink.accept(new StreamEvent.PartEnd(0, 0, null));
                        sink.accept(new StreamEvent.PartStart(0, 1, new Opening.Text()));
                        sink.accept(new StreamEvent.PartStart(1, 0, new Opening.Text()));
                        sink.accept(new StreamEvent.Cited(0, 1, FOUND));
                        sink.accept(new StreamEvent.PartDelta(0, 1, "<think>a</think>b"));
                        sink.accept(new StreamEvent.Cited(0, 1, FOUND));
                        sink.accept(new StreamEvent.PartDelta(1, 0, "c"));
                        sink.accept(new StreamEvent.PartEnd(0, 1, null));
                        sink.accept(new StreamEvent.PartEnd(1, 0, null));
                    }

                    @Override
                    public void end(Consumer<StreamEvent> sink) {
                        sink.accept(new StreamEvent.Finished(0, Finish.of(Finish.Kind.STOP)));
                        sink.accept(new StreamEvent.Finished(1, Finish.of(Finish.Kind.STOP)));
                        sink.accept(new StreamEvent.Ended());
                    }
                };
        LlmAnswer answer = StreamGrammar.read(new ThinkTags(two), " ").answer();
        assertThat(answer.choices().get(0).parts())
                .containsExactly(
                        new Part.Refusal("<think>r"),
                        new Part.Thinking("a", false, null),
                        new Part.Text("b", null, List.of(FOUND, FOUND)));
        assertThat(answer.choices().get(1).parts()).containsExactly(new Part.Text("c"));
    }
}
