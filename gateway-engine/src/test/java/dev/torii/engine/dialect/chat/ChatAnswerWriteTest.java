package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a client of Chat Completions gets, whole and streamed.
class ChatAnswerWriteTest {

    private static final ObjectNode FOUND =
            json(
                    "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\",\"title\":\"A\"}}");
    private static final ObjectNode FOUND_TOO =
            json(
                    "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://b.example\",\"title\":\"B\"}}");
    private static final ObjectNode TOKEN =
            json("{\"token\":\"は\",\"logprob\":-0.5,\"bytes\":null,\"top_logprobs\":[]}");
    private static final ObjectNode LAST =
            json("{\"token\":\"\",\"logprob\":-0.25,\"bytes\":null,\"top_logprobs\":[]}");

    private final ChatDialect dialect = new ChatDialect();

    private static ObjectNode json(String text) {
        return Objects.requireNonNull(Json.parseObjectOrNull(text.getBytes(UTF_8)));
    }

    private LlmRequest request() throws Exception {
        return dialect.readRequest(
                json("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}"));
    }

    private String written(StreamEvent... events) throws Exception {
        EventWriter writer = dialect.writer(request());
        var out = new ByteArrayOutputStream();
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return out.toString(UTF_8);
    }

    @Test
    void tellsWhereATextWasFoundAndHowLikelyItWas() throws Exception {
        var choice =
                new LlmAnswer.Choice(
                        0,
                        List.of(new Part.Text("はい", null, List.of(FOUND, FOUND_TOO))),
                        Finish.of(Finish.Kind.STOP),
                        List.of(TOKEN, LAST));
        String stream =
                written(
                        new StreamEvent.Start("c", "m", 7),
                        new StreamEvent.PartStart(0, 0, new Opening.Text()),
                        new StreamEvent.Weighed(0, 0, List.of(TOKEN)),
                        new StreamEvent.PartDelta(0, 0, "は"),
                        new StreamEvent.Cited(0, 0, FOUND),
                        new StreamEvent.PartDelta(0, 0, "い"),
                        new StreamEvent.Cited(0, 0, FOUND_TOO),
                        new StreamEvent.Weighed(0, 0, List.of(LAST)),
                        new StreamEvent.PartEnd(0, 0, null),
                        new StreamEvent.Finished(0, Finish.of(Finish.Kind.STOP)),
                        new StreamEvent.Ended());
        assertThat(stream)
                .contains(
                        "\"delta\":{\"content\":\"は\"},\"logprobs\":{\"content\":["
                                + Json.text(TOKEN)
                                + "],\"refusal\":null}",
                        "\"delta\":{\"content\":\"い\"},\"logprobs\":null",
                        "\"delta\":{\"annotations\":["
                                + Json.text(FOUND)
                                + ","
                                + Json.text(FOUND_TOO)
                                + "]}");
        assertThat(StreamGrammar.readHoweverCut(ChatEventReader::new, stream).answer().choices())
                .containsExactly(choice);

        byte[] whole =
                dialect.writeAnswer(new LlmAnswer("c", 7, "m", List.of(choice), null), request());
        assertThat(ChatAnswerReader.read(json(new String(whole, UTF_8))).choices())
                .containsExactly(choice);
    }

    private static ObjectNode found(int from, int to) {
        ObjectNode citation = Json.object().put("type", "url_citation");
        citation.putObject("url_citation")
                .put("start_index", from)
                .put("end_index", to)
                .put("url", "https://a.example");
        return citation;
    }

    /// They are one text here.
    @Test
    void countsFromTheBeginningOfTheFirstOfSeveralTexts() throws Exception {
        var finish = Finish.of(Finish.Kind.STOP);
        List<Part> parts =
                List.of(
                        new Part.Text("はい😀", null, List.of(found(1, 3))),
                        new Part.Thinking("hm", false, null),
                        new Part.Text("b", null, List.of(found(0, 1), FOUND)));
        String expected =
                "\"annotations\":["
                        + Json.text(found(1, 3))
                        + ","
                        + Json.text(found(3, 4))
                        + ","
                        + Json.text(FOUND)
                        + "]";
        byte[] whole =
                dialect.writeAnswer(
                        new LlmAnswer(
                                "c", 7, "m", List.of(new LlmAnswer.Choice(0, parts, finish)), null),
                        request());
        assertThat(new String(whole, UTF_8)).contains(expected);
        String stream =
                written(
                        new StreamEvent.Start("c", "m", 7),
                        new StreamEvent.PartStart(0, 0, new Opening.Text()),
                        new StreamEvent.PartDelta(0, 0, "はい"),
                        new StreamEvent.PartDelta(0, 0, "😀"),
                        new StreamEvent.Cited(0, 0, found(1, 3)),
                        new StreamEvent.PartEnd(0, 0, null),
                        new StreamEvent.PartStart(0, 1, new Opening.Thinking(false)),
                        new StreamEvent.PartDelta(0, 1, "hm"),
                        new StreamEvent.PartEnd(0, 1, null),
                        new StreamEvent.PartStart(0, 2, new Opening.Text()),
                        new StreamEvent.PartDelta(0, 2, "b"),
                        new StreamEvent.Cited(0, 2, found(0, 1)),
                        new StreamEvent.Cited(0, 2, FOUND),
                        new StreamEvent.PartEnd(0, 2, null),
                        new StreamEvent.Finished(0, finish),
                        new StreamEvent.Ended());
        assertThat(stream).contains(expected);
    }
}
