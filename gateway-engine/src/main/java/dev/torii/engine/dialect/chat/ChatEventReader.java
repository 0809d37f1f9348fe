package dev.torii.engine.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.sse.SseEvent;
import dev.torii.engine.sse.SseReader;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.TokenUsage;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Reads `chat.completion.chunk`s. Servers differ in where they put the usage and in what follows a
/// `finish_reason`, so that choices finish at the end of the stream. A stream without `[DONE]` is
/// whole when its choices gave their reasons.
final class ChatEventReader implements EventReader {

    private static final String DONE = "[DONE]";

    private final SseReader events = new SseReader();
    private final Map<Integer, ChatChoice> choices = new TreeMap<>();

    /// What was said of where the answer was found, which each chunk may say again.
    private final Set<ObjectNode> sources = new HashSet<>();

    private boolean started;
    private boolean ended;

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
        if (ended) {
            return;
        }
        boolean whole = choices.values().stream().allMatch(ChatChoice::gaveReason);
        if (choices.isEmpty() || !whole) {
            fail(LlmError.interrupted(EventReader.CUT_SHORT), sink);
        } else {
            finish(sink);
        }
    }

    private void onEvent(SseEvent event, Consumer<StreamEvent> sink) {
        String data = event.data().strip();
        if (ended) {
            return;
        }
        if (data.isEmpty()) {
            sink.accept(new StreamEvent.Tick());
        } else if (data.equals(DONE)) {
            if (choices.isEmpty()) {
                fail(LlmError.interrupted(EventReader.CUT_SHORT), sink);
            } else {
                finish(sink);
            }
        } else {
            ObjectNode chunk = Json.parseObjectOrNull(data.getBytes(UTF_8));
            if (chunk != null) {
                chunk(chunk, sink);
            }
        }
    }

    private void chunk(ObjectNode chunk, Consumer<StreamEvent> sink) {
        JsonNode answers = chunk.path("choices");
        if (!started && !answers.isEmpty()) {
            started = true;
            String id = Fields.textOrEmpty(chunk, "id");
            sink.accept(
                    new StreamEvent.Start(
                            id.isEmpty() ? null : id,
                            Fields.text(chunk, "model"),
                            chunk.path("created").asLong()));
        }
        List<ObjectNode> found =
                ChatCitations.ofAnswer(chunk).stream().filter(sources::add).toList();
        for (JsonNode choice : answers) {
            ChatChoice its = choices.computeIfAbsent(choice.path("index").asInt(), ChatChoice::new);
            its.read(choice, sink);
            its.cite(found, sink);
        }
        usage(chunk.path("x_groq").path("usage"), sink);
        usage(chunk.path("usage"), sink);
        if (isError(chunk)) {
            fail(ChatErrorReader.read(200, chunk), sink);
        }
    }

    private static boolean isError(ObjectNode chunk) {
        return chunk.hasNonNull("error")
                || "error".equals(Fields.text(chunk, "object"))
                || (chunk.hasNonNull("detail") && !chunk.has("choices"));
    }

    private static void usage(JsonNode usage, Consumer<StreamEvent> sink) {
        if (usage instanceof ObjectNode object) {
            sink.accept(new StreamEvent.Counted(ChatUsage.read(object, TokenUsage.Source.FINAL)));
        }
    }

    private void finish(Consumer<StreamEvent> sink) {
        ended = true;
        choices.forEach((index, choice) -> {
            Finish finish = choice.end(sink);
            sink.accept(new StreamEvent.Finished(index, finish));
        });
        sink.accept(new StreamEvent.Ended());
    }

    private void fail(LlmError error, Consumer<StreamEvent> sink) {
        ended = true;
        choices.values().forEach(choice -> choice.end(sink));
        sink.accept(new StreamEvent.Failed(error));
        sink.accept(new StreamEvent.Ended());
    }
}
