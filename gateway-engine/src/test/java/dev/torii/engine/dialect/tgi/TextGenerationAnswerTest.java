package dev.torii.engine.dialect.tgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers of bare prompts answer.
class TextGenerationAnswerTest {

    private final LlamaDialect dialect = new LlamaDialect();

    private LlmAnswer read(String body) throws Exception {
        return dialect.readAnswer(body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"generated_text\":\"日本\"}]}",
                "[{\"generated_text\":\"日本\"}]",
                "{\"generated_text\":\"日本\"}",
                "{\"data\":[{\"generated_text\":\"<s>[INST] a [/INST] b </s><s>[INST] c [/INST] 日本"
                        + " \"}]}"
            })
    void areReadInAllTheirForms(String body) throws Exception {
        LlmAnswer answer = read(body);
        assertThat(answer.choices().getFirst().parts()).containsExactly(new Part.Text("日本"));
        assertThat(answer.usage()).isNull();
    }

    @Test
    void mayTalkOfMarks() throws Exception {
        assertThat(
                        read("[{\"generated_text\":\"end it with [/INST]\"}]")
                                .choices()
                                .getFirst()
                                .parts())
                .containsExactly(new Part.Text("end it with [/INST]"));
    }

    @Test
    void streamWhatTheWholeAnswerSays() throws Exception {
        LlmAnswer whole =
                read(
                        """
                        [{"generated_text":"日 本","details":{"finish_reason":"eos_token","generated_tokens":3,
                          "prefill":[{"id":1},{"id":2}]}}]\
                        """);
        String stream =
                """
                data:{"index":1,"token":{"id":5,"text":"日","logprob":-0.1,"special":false},"generated_text":null,"details":null}

                : still there

                data: {"index":2,"token":{"id":6,"text":" 本","special":false},"generated_text":null,"details":null}

                data:{"index":3,"token":{"id":2,"text":"</s>","special":true},"generated_text":"日 本","details":{"finish_reason":"eos_token","generated_tokens":3,"input_length":2,"seed":null}}

                """;
        StreamGrammar read = StreamGrammar.readHoweverCut(TextGenerationEventReader::new, stream);
        assertThat(read.answer()).isEqualTo(whole);
        assertThat(whole.usage()).isEqualTo(new TokenUsage(2, 0, 0, 3, 0, TokenUsage.Source.FINAL));
    }

    @ParameterizedTest
    @CsvSource({"eos_token,STOP", "stop_sequence,STOP_SEQUENCE", "length,LENGTH", "other,UNKNOWN"})
    void sayWhyTheyEnded(String reason, Finish.Kind kind) throws Exception {
        LlmAnswer answer =
                read(
                        "[{\"generated_text\":\"a\",\"details\":{\"finish_reason\":\""
                                + reason
                                + "\"}}]");
        assertThat(answer.choices().getFirst().finish().kind()).isEqualTo(kind);
    }

    // Row 26.
    @Test
    void failWhereAStreamIsCutOrSaysSo() {
        String token = "data:{\"token\":{\"text\":\"a\"},\"generated_text\":null}\n\n";
        assertThat(StreamGrammar.read(new TextGenerationEventReader(), token).error().code())
                .isEqualTo("stream_interrupted");
        LlmError error =
                StreamGrammar.read(
                                new TextGenerationEventReader(),
                                token
                                        + "data:{\"error\":\"Request failed during"
                                        + " generation\",\"error_type\":\"generation\"}\n\n")
                        .error();
        assertThat(error.kind()).isEqualTo(LlmError.Kind.SERVER);
        assertThat(error.message()).isEqualTo("Request failed during generation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"data\":[]}", "[[1]]", "{\"choices\":[]}"})
    void areNotReadWhereTheyAreGarbage(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("cannot parse response from llama2 endpoint");
        assertThat(StreamGrammar.read(new TextGenerationEventReader(), body).error().kind())
                .isEqualTo(LlmError.Kind.SERVER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":[\"a is wrong\",\"b is wrong\"]}|a is wrong; b is wrong|INVALID",
                "401|{\"error\":\"Authorization header is correct, but the token seems"
                        + " invalid\"}|Authorization header is correct, but the token seems"
                        + " invalid|AUTH",
                "404|Not Found|Not Found|NOT_FOUND",
                "422|{\"error\":\"`inputs` must have less than 1024 tokens. Given:"
                        + " 5000\",\"error_type\":\"validation\"}|`inputs` must have less than 1024"
                        + " tokens. Given: 5000|CONTEXT",
                "422|{\"error\":\"`top_p` must be > 0.0 and <"
                        + " 1.0\",\"error_type\":\"validation\"}|`top_p` must be > 0.0 and <"
                        + " 1.0|INVALID",
                "424|{\"error\":\"CUDA\",\"error_type\":\"generation\"}|CUDA|SERVER",
                "429|{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}|Model is"
                        + " overloaded|OVERLOADED",
                "429|{\"error\":\"Rate limit reached\"}|Rate limit reached|RATE_LIMIT",
                "500|{\"error\":{\"message\":\"x\"}}|x|SERVER",
                "503|{\"error\":\"Model m is currently loading\",\"estimated_time\":20.0}|Model m"
                        + " is currently loading|OVERLOADED"
            })
    void nameRefusals(int status, String body, String message, LlmError.Kind kind) {
        LlmError error = dialect.readError(status, body.getBytes(UTF_8));
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.kind()).isEqualTo(kind);
    }

    @TestFactory
    Stream<DynamicTest> readsEveryRecording() throws IOException {
        return Recordings.each("huggingface/inference", this::recorded);
    }

    private void recorded(Recording recording) throws Exception {
        var huggingFace = new TextGenerationDialect();
        if (recording.status() != 200) {
            LlmError error = huggingFace.readError(recording.status(), recording.body());
            assertThat(error.kind()).isEqualTo(LlmError.Kind.NOT_FOUND);
            assertThat(error.message()).isEqualTo("Not Found");
            return;
        }
        LlmAnswer answer = huggingFace.readAnswer(recording.body());
        LlmAnswer.Choice choice = answer.choices().getFirst();
        assertThat(choice.finish().kind()).isEqualTo(Finish.Kind.STOP);
        assertThat(choice.parts())
                .containsExactly(
                        new Part.Text(
                                recording
                                        .response()
                                        .path("body")
                                        .path(0)
                                        .path("generated_text")
                                        .textValue()));
    }
}
