package dev.torii.engine.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A stream as a client of the Responses gets it, held to what OpenAI and its SDK say of one.
final class WrittenStream {

    private final String text;
    private final List<JsonNode> events = new ArrayList<>();

    private WrittenStream(String text) throws Exception {
        this.text = text;
        for (String block : text.split("\n\n", -1)) {
            if (block.isEmpty() || block.startsWith(":")) {
                continue;
            }
            String[] lines = block.split("\n", -1);
            assertThat(lines).hasSize(2);
            JsonNode event = Json.parse(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + event.path("type").asText());
            assertThat(event.path("sequence_number").intValue()).isEqualTo(events.size());
            events.add(event);
        }
        checkItems();
    }

    static WrittenStream of(LlmRequest request, List<StreamEvent> events) throws Exception {
        EventWriter writer = new ResponsesDialect().writer(request);
        var out = new ByteArrayOutputStream();
        for (StreamEvent event : events) {
            writer.write(event, out);
            if (out.size() > 0) {
                assertThat(out.toString(UTF_8)).endsWith("\n\n");
            }
        }
        return new WrittenStream(out.toString(UTF_8));
    }

    static WrittenStream of(LlmRequest request, StreamEvent... events) throws Exception {
        return of(request, List.of(events));
    }

    /// Each item is announced, then said whole, under one id at one place, which is its place in
    /// the whole response.
    private void checkItems() {
        List<JsonNode> done = new ArrayList<>();
        String open = "";
        for (JsonNode event : events) {
            String type = event.path("type").asText();
            if (type.equals("response.output_item.added")) {
                assertThat(open).as("one item at a time").isEmpty();
                open = event.path("item").path("id").asText();
                assertThat(open).isNotEmpty();
                assertThat(event.path("output_index").asInt(-1)).isEqualTo(done.size());
            } else if (type.equals("response.output_item.done")) {
                assertThat(event.path("item").path("id").asText()).isEqualTo(open);
                assertThat(event.path("output_index").asInt(-1)).isEqualTo(done.size());
                done.add(event.path("item"));
                open = "";
            } else if (event.has("item_id")) {
                assertThat(event.path("item_id").asText()).isEqualTo(open);
                assertThat(event.path("output_index").asInt(-1)).isEqualTo(done.size());
            }
        }
        if (!types().contains("error")) {
            assertThat(response().path("output")).containsExactlyElementsOf(done);
        }
    }

    String text() {
        return text;
    }

    List<String> types() {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    List<JsonNode> events() {
        return events;
    }

    List<JsonNode> events(String type) {
        return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
    }

    /// The pieces of all events of this type.
    String deltas(String type) {
        StringBuilder all = new StringBuilder();
        events(type).forEach(event -> all.append(event.path("delta").asText()));
        return all.toString();
    }

    /// What the last event has.
    JsonNode response() {
        return events.getLast().path("response");
    }

    /// What OpenAI's SDK makes of it.
    Response accumulated() throws Exception {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        for (JsonNode event : events) {
            ResponseStreamEvent parsed =
                    ObjectMappers.jsonMapper()
                            .readValue(Json.text(event), ResponseStreamEvent.class);
            accumulator.accumulate(parsed.validate());
        }
        return accumulator.response().validate();
    }

    /// What this dialect itself reads from it.
    StreamGrammar readAgain() {
        return StreamGrammar.readHoweverCut(ResponsesEventReader::new, text);
    }
}
