package dev.torii.engine.dialect.responses;

import static dev.torii.engine.dialect.Fields.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.responses.StreamedParts.Place;
import dev.torii.engine.sse.SseEvent;
import dev.torii.engine.sse.SseReader;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Reads the events of a streamed response. What did not come in pieces is taken from the events
/// that say it whole; items that only OpenAI's clients understand, such as those of its own tools,
/// are passed over. Source: OpenAI's API reference, "Streaming events".
final class ResponsesEventReader implements EventReader {

    private final SseReader events = new SseReader();
    private final StreamedParts parts = new StreamedParts();
    private final StreamedItems items = new StreamedItems(parts);
    private boolean started;
    private boolean inProgress;
    private boolean ended;
    private int next;

    @Override
    public int nextNumber() {
        return next;
    }

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        events.read(bytes, event -> onEvent(event, sink));
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        SseEvent last = events.last();
        if (last != null) {
            onEvent(last, sink);
        }
        if (!ended) {
            fail(LlmError.interrupted(EventReader.CUT_SHORT), sink);
        }
    }

    private void onEvent(SseEvent event, Consumer<StreamEvent> sink) {
        if (ended) {
            return;
        }
        String text = event.data();
        ObjectNode data = Json.parseObjectOrNull(text.getBytes(StandardCharsets.UTF_8));
        if (data != null) {
            onEvent(data, sink);
        } else if (text.isEmpty() && event.text().startsWith(":")) {
            sink.accept(new StreamEvent.Tick());
        }
    }

    private void onEvent(ObjectNode event, Consumer<StreamEvent> sink) {
        next = event.path("sequence_number").asInt(next) + 1;
        switch (Fields.text(event, "type")) {
            case "response.created" -> start(event.path("response"), sink);
            case "response.queued", "response.in_progress" -> progress(event, sink);
            case "response.output_item.added" -> itemAdded(event, sink);
            case "response.content_part.added" -> partAdded(event, sink);
            case "response.output_text.delta" -> piece(event, new Opening.Text(), sink);
            case "response.refusal.delta" -> piece(event, new Opening.Refusal(), sink);
            case "response.output_text.done" ->
                    whole(event, new Opening.Text(), textOrEmpty(event, "text"), sink);
            case "response.refusal.done" ->
                    whole(event, new Opening.Refusal(), textOrEmpty(event, "refusal"), sink);
            case "response.output_text.annotation.added" ->
                    parts.cite(
                            place(event),
                            ResponsesAnnotations.read(Json.array().add(event.path("annotation"))),
                            sink);
            case "response.content_part.done" -> items.part(place(event), event.path("part"), sink);
            case "response.reasoning_text.delta" -> thought(event, false, sink);
            case "response.reasoning_summary_text.delta" -> thought(event, true, sink);
            case "response.reasoning_summary_part.added" -> summaryAdded(event, sink);
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta" ->
                    parts.piece(itemPlace(event), textOrEmpty(event, "delta"), sink);
            case "response.output_item.done" -> itemDone(event, sink);
            case "response.completed", "response.incomplete" ->
                    finish(event.path("response"), sink);
            case "response.failed" -> {
                count(event.path("response"), sink);
                fail(ResponsesErrors.read(200, event.path("response")), sink);
            }
            case "response.cancelled" ->
                    fail(LlmError.interrupted("the provider cancelled the answer"), sink);
            case "error" -> fail(ResponsesErrors.read(200, event), sink);
            case null, default -> {}
        }
    }

    private void start(JsonNode response, Consumer<StreamEvent> sink) {
        if (!started) {
            started = true;
            sink.accept(
                    new StreamEvent.Start(
                            Fields.text(response, "id"),
                            Fields.text(response, "model"),
                            response.path("created_at").asLong()));
        }
    }

    /// Said once of each answer; said again, it is a sign of life.
    private void progress(ObjectNode event, Consumer<StreamEvent> sink) {
        start(event.path("response"), sink);
        if (inProgress) {
            sink.accept(new StreamEvent.Tick());
        }
        inProgress = true;
    }

    private static int output(JsonNode event) {
        return event.path("output_index").asInt();
    }

    private static Place itemPlace(JsonNode event) {
        return new Place(output(event), 0);
    }

    private static Place place(JsonNode event) {
        return new Place(output(event), event.path("content_index").asInt());
    }

    private void itemAdded(ObjectNode event, Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        items.added(output(event), event.path("item"), sink);
    }

    private void itemDone(ObjectNode event, Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        items.done(output(event), event.path("item"), sink);
    }

    private void partAdded(ObjectNode event, Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        switch (Fields.text(event.path("part"), "type")) {
            case "output_text" -> parts.announce(place(event), new Opening.Text(), sink);
            case "refusal" -> parts.announce(place(event), new Opening.Refusal(), sink);
            case null, default -> {}
        }
    }

    private void piece(ObjectNode event, Opening opening, Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        parts.weigh(place(event), opening, ResponsesLogprobs.read(event));
        parts.piece(place(event), opening, textOrEmpty(event, "delta"), sink);
    }

    /// The part itself follows, with where it was found.
    private void whole(
            ObjectNode event, Opening opening, String whole, Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        if (!parts.any(place(event))) {
            parts.piece(place(event), opening, whole, sink);
        }
    }

    private void thought(ObjectNode event, boolean summary, Consumer<StreamEvent> sink) {
        start(Json.object(), sink);
        parts.piece(
                itemPlace(event), new Opening.Thinking(summary), textOrEmpty(event, "delta"), sink);
    }

    /// Summaries of one thought are one text, and stand apart.
    private void summaryAdded(ObjectNode event, Consumer<StreamEvent> sink) {
        if (event.path("summary_index").asInt() > 0 && parts.any(itemPlace(event))) {
            parts.piece(itemPlace(event), "\n\n", sink);
        }
    }

    private void count(JsonNode response, Consumer<StreamEvent> sink) {
        TokenUsage usage = ResponsesUsage.read(response);
        if (usage != null) {
            sink.accept(new StreamEvent.Counted(usage));
        }
    }

    private void finish(JsonNode response, Consumer<StreamEvent> sink) {
        start(response, sink);
        int output = 0;
        for (JsonNode item : response.path("output")) {
            items.done(output++, item, sink);
        }
        parts.close(sink);
        count(response, sink);
        sink.accept(
                new StreamEvent.Finished(
                        0, ResponsesFinish.read(response, parts.called(), parts.refused())));
        ended = true;
        sink.accept(new StreamEvent.Ended());
    }

    private void fail(LlmError error, Consumer<StreamEvent> sink) {
        ended = true;
        parts.close(sink);
        sink.accept(new StreamEvent.Failed(error));
        sink.accept(new StreamEvent.Ended());
    }
}
