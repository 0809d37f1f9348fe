package dev.torii.engine.dialect.gemini;

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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a streamed answer, as server-sent events or as one JSON array: whole responses, each with
/// a piece of the candidates. Nothing marks the end, and a reason to finish may come more than
/// once, so that the answer ends with its stream. Source: Google's Gemini API reference,
/// "streamGenerateContent".
final class GeminiEventReader implements EventReader {

    private static final String NOTHING = "the provider answered 200 and said nothing";

    private final SseReader events = new SseReader();
    private final GeminiArrayCutter array = new GeminiArrayCutter();
    private final Map<Integer, GeminiChoice> choices = new TreeMap<>();

    private Consumer<StreamEvent> sink = _ -> {};
    private @Nullable Framing framing;
    private String id = "";
    private boolean started;
    private boolean blocked;
    private boolean ended;
    private JsonNode usage = Json.object();

    private enum Framing {
        EVENTS,
        ARRAY
    }

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        this.sink = sink;
        if (framing == null) {
            framing = framing(bytes);
        }
        switch (framing) {
            case EVENTS -> events.read(bytes, this::onEvent);
            case ARRAY -> array.read(bytes, this::onChunk);
            case null -> {}
        }
    }

    private static @Nullable Framing framing(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get(bytes.position());
            if (!Character.isWhitespace(b)) {
                return b == '[' || b == '{' ? Framing.ARRAY : Framing.EVENTS;
            }
            bytes.get();
        }
        return null;
    }

    private void onEvent(SseEvent event) {
        String data = event.data();
        if (data.isEmpty()) {
            if (!ended && !event.text().isBlank()) {
                sink.accept(new StreamEvent.Tick());
            }
        } else {
            onChunk(data.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void onChunk(byte[] json) {
        ObjectNode chunk = Json.parseObjectOrNull(json);
        if (chunk == null || ended) {
            return;
        }
        if (chunk.path("error") instanceof ObjectNode error) {
            fail(GeminiErrors.read(200, error));
            return;
        }
        start(chunk);
        JsonNode counted = chunk.path("usageMetadata");
        if (counted.isObject() && !counted.equals(usage)) {
            usage = counted;
            count(TokenUsage.Source.PARTIAL);
        }
        blocked |= GeminiAnswerReader.isBlocked(chunk);
        int position = 0;
        for (JsonNode candidate : chunk.path("candidates")) {
            int index = candidate.path("index").asInt(position++);
            choices.computeIfAbsent(index, i -> new GeminiChoice(i, this::emit, _ -> {}))
                    .read(candidate, id);
        }
    }

    private void start(ObjectNode chunk) {
        if (started) {
            return;
        }
        started = true;
        id = Fields.textOrEmpty(chunk, "responseId");
        sink.accept(
                new StreamEvent.Start(
                        id.isEmpty() ? null : id,
                        Fields.text(chunk, "modelVersion"),
                        GeminiAnswerReader.created(chunk)));
    }

    private void emit(StreamEvent event) {
        sink.accept(event);
    }

    private void count(TokenUsage.Source source) {
        TokenUsage known = GeminiUsage.read(usage, source);
        if (known != null) {
            sink.accept(new StreamEvent.Counted(known));
        }
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        this.sink = sink;
        SseEvent last = events.last();
        if (last != null) {
            onEvent(last);
        }
        if (ended) {
            return;
        }
        boolean whole =
                choices.isEmpty()
                        ? blocked
                        : choices.values().stream().allMatch(GeminiChoice::isFinished);
        if (!whole) {
            fail(LlmError.interrupted(started ? EventReader.CUT_SHORT : NOTHING));
            return;
        }
        choices.values().forEach(choice -> choice.close(null));
        count(TokenUsage.Source.FINAL);
        if (choices.isEmpty()) {
            sink.accept(new StreamEvent.Finished(0, Finish.of(Finish.Kind.CONTENT_FILTER)));
        }
        choices.forEach(
                (index, choice) -> sink.accept(new StreamEvent.Finished(index, choice.finish())));
        ended = true;
        sink.accept(new StreamEvent.Ended());
    }

    private void fail(LlmError error) {
        ended = true;
        choices.values().forEach(choice -> choice.close(null));
        sink.accept(new StreamEvent.Failed(error));
        sink.accept(new StreamEvent.Ended());
    }
}
