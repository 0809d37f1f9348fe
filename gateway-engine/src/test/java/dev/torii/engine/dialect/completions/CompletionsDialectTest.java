package dev.torii.engine.dialect.completions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that completes, in front of a model that chats.
class CompletionsDialectTest {

    private static final TokenUsage USAGE = new TokenUsage(5, 2, 0, 3, 1, TokenUsage.Source.FINAL);

    private final CompletionsDialect dialect = new CompletionsDialect();

    private LlmRequest request(String fields) throws Exception {
        return dialect.readRequest((ObjectNode) Json.parse("{\"model\":\"m\"," + fields + "}"));
    }

    @Test
    void readsThePromptAsTheUsersMessage() throws Exception {
        LlmRequest request =
                request(
                        """
                        "prompt":"昔々","max_tokens":9,"temperature":0.5,"top_p":0.9,"n":2,"stop":"終","seed":7,
                        "user":"u","stream":true,"stream_options":{"include_usage":true},"best_of":3\
                        """);
        assertThat(request.messages())
                .containsExactly(new Message(Role.USER, List.of(new Part.Text("昔々"))));
        assertThat(Objects.requireNonNull(request.limit()).tokens()).isEqualTo(9);
        assertThat(request.sampling().temperature()).isEqualByComparingTo("0.5");
        assertThat(request.sampling().topP()).isEqualByComparingTo("0.9");
        assertThat(request.sampling().stop()).containsExactly("終");
        assertThat(request.sampling().seed()).isEqualTo(7);
        assertThat(request.session().endUser()).isEqualTo("u");
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.extra().fields().fieldNames()).toIterable().containsExactly("best_of");
        assertThat(request("\"prompt\":[\"one\"]").messages().getFirst().text()).isEqualTo("one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'prompt':['a','b'] | prompt: expected one text",
                "'prompt':[1,2] | prompt: expected one text",
                "'prompt':5 | prompt: expected one text",
                "'x':1 | prompt: expected one text",
                "'prompt':'a','suffix':'b' | suffix: the model chats",
                "'prompt':'a','echo':true | echo: the model chats"
            },
            quoteCharacter = '`')
    void refusesWhatAChatCannotDo(String fields, String message) {
        assertThatThrownBy(() -> request(fields.replace('\'', '"')))
                .isInstanceOf(UnsayableException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void writesAWholeAnswer() throws Exception {
        var answer =
                new LlmAnswer(
                        "c-1",
                        7,
                        "real",
                        List.of(
                                new LlmAnswer.Choice(
                                        0,
                                        List.of(
                                                new Part.Thinking("hm", false, null),
                                                new Part.Text("あ"),
                                                new Part.Text("い")),
                                        Finish.of(Finish.Kind.LENGTH))),
                        USAGE);
        assertThat(new String(dialect.writeAnswer(answer, request("\"prompt\":\"a\"")), UTF_8))
                .isEqualTo(
                        """
                        {"id":"c-1","object":"text_completion","created":7,"model":"real",\
                        "choices":[{"text":"あい","index":0,"logprobs":null,"finish_reason":"length"}],\
                        "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}\
                        """);
    }

    private static String written(EventWriter writer, StreamEvent... events) {
        var out = new ByteArrayOutputStream();
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return out.toString(UTF_8);
    }

    private static StreamEvent[] answer(StreamEvent... end) {
        StreamEvent[] begin = {
            new StreamEvent.Start(null, null, 7),
            new StreamEvent.PartStart(0, 0, new Opening.Thinking(false)),
            new StreamEvent.PartDelta(0, 0, "hm"),
            new StreamEvent.PartEnd(0, 0, null),
            new StreamEvent.PartStart(0, 1, new Opening.Text()),
            new StreamEvent.PartDelta(0, 1, "あ"),
            new StreamEvent.PartEnd(0, 1, null)
        };
        StreamEvent[] all = Arrays.copyOf(begin, begin.length + end.length);
        System.arraycopy(end, 0, all, begin.length, end.length);
        return all;
    }

    @Test
    void streamsTextAndTheUsageToWhoeverAsked() throws Exception {
        StreamEvent[] events =
                answer(
                        new StreamEvent.Counted(USAGE),
                        new StreamEvent.Finished(0, Finish.of(Finish.Kind.STOP)),
                        new StreamEvent.Ended());
        LlmRequest asked = request("\"prompt\":\"a\",\"stream_options\":{\"include_usage\":true}");
        String stream = written(dialect.writer(asked), events);
        List<String> lines = stream.lines().filter(line -> !line.isEmpty()).toList();
        assertThat(lines).hasSize(4);
        JsonNode text = Json.parse(lines.getFirst().substring(6));
        assertThat(text.path("object").textValue()).isEqualTo("text_completion");
        assertThat(text.path("model").textValue()).isEqualTo("m");
        assertThat(text.path("id").textValue()).startsWith("cmpl-");
        assertThat(Json.text(text.path("choices")))
                .isEqualTo(
                        "[{\"text\":\"あ\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]");
        assertThat(Json.text(Json.parse(lines.get(1).substring(6)).path("choices")))
                .isEqualTo(
                        "[{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}]");
        JsonNode last = Json.parse(lines.get(2).substring(6));
        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage").path("total_tokens").asInt()).isEqualTo(10);
        assertThat(stream).endsWith("data: [DONE]\n\n");

        assertThat(written(dialect.writer(request("\"prompt\":\"a\"")), events))
                .doesNotContain("usage");
    }

    @Test
    void endsAFailedStreamWithAnError() throws Exception {
        String stream =
                written(
                        dialect.writer(request("\"prompt\":\"a\"")),
                        answer(
                                new StreamEvent.Tick(),
                                new StreamEvent.Failed(LlmError.interrupted("cut")),
                                new StreamEvent.Ended()));
        assertThat(stream)
                .contains(": torii\n\n")
                .endsWith(
                        "data: {\"error\":{\"message\":\"cut\",\"type\":\"server_error\",\"param\":null,\"code\":\"stream_interrupted\"}}\n\n");
    }

    @Test
    void readsTheRecordedRequest() throws Exception {
        Path file =
                Path.of(
                        "..",
                        "..",
                        "shared",
                        "recordings",
                        "openai",
                        "completions",
                        "stream-include-usage.json");
        Skip.unless(
                Files.exists(file), "no recordings beside this project, so none is replayed here");
        JsonNode body = Json.parse(Files.readAllBytes(file)).path("request").path("body");
        LlmRequest request = dialect.readRequest((ObjectNode) body);
        assertThat(request.messages().getFirst().text()).isEqualTo(body.path("prompt").asText());
        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.extra().isEmpty()).isTrue();
    }
}
