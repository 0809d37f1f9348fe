package dev.torii.engine.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a stream, holds its events to what a stream of events is, and puts the answer together.
public final class StreamGrammar {

    /// One choice, as far as it has come.
    private static final class Building {
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder piece = new StringBuilder();
        private final List<ObjectNode> citations = new ArrayList<>();
        private final List<ObjectNode> tokens = new ArrayList<>();
        private int count;
        private @Nullable Opening open;
        private @Nullable Finish finish;
    }

    private final List<StreamEvent> events = new ArrayList<>();
    private final Map<Integer, Building> choices = new TreeMap<>();
    private StreamEvent.@Nullable Start start;
    private @Nullable TokenUsage usage;
    private @Nullable LlmError error;
    private boolean ended;

    private StreamGrammar() {}

    /// The stream in one piece.
    public static StreamGrammar read(EventReader reader, String stream) {
        return read(reader, List.of(stream.getBytes(UTF_8)));
    }

    public static StreamGrammar read(EventReader reader, List<byte[]> pieces) {
        var grammar = new StreamGrammar();
        pieces.forEach(piece -> reader.read(ByteBuffer.wrap(piece), grammar::take));
        reader.end(grammar::take);
        assertThat(grammar.ended).as("the stream has an end").isTrue();
        return grammar;
    }

    /// The same answer, whether its bytes come one by one, in any pieces, or with other line ends.
    public static StreamGrammar readHoweverCut(Supplier<EventReader> reader, String stream) {
        StreamGrammar whole = read(reader.get(), stream);
        var random = new Random(40);
        for (String ends : List.of("\n", "\r\n", "\r")) {
            byte[] bytes = stream.replace("\r\n", "\n").replace("\n", ends).getBytes(UTF_8);
            assertThat(read(reader.get(), cut(bytes, () -> 1)).answer()).isEqualTo(whole.answer());
            for (int i = 0; i < 5; i++) {
                List<byte[]> pieces = cut(bytes, () -> 1 + random.nextInt(200));
                assertThat(read(reader.get(), pieces).answer()).isEqualTo(whole.answer());
            }
        }
        return whole;
    }

    public static List<byte[]> cut(byte[] bytes, Supplier<Integer> lengths) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(lengths.get(), bytes.length - from);
            byte[] piece = new byte[length];
            System.arraycopy(bytes, from, piece, 0, length);
            pieces.add(piece);
            from += length;
        }
        return pieces;
    }

    private void take(StreamEvent event) {
        assertThat(ended).as("nothing follows the end, but %s", event).isFalse();
        events.add(event);
        switch (event) {
            case StreamEvent.Start began -> {
                assertThat(start).as("one start").isNull();
                start = began;
            }
            case StreamEvent.PartStart(var choice, var part, var opening) -> {
                assertThat(start).as("a start before %s", event).isNotNull();
                Building building = choices.computeIfAbsent(choice, c -> new Building());
                assertThat(building.open).as("one part at a time").isNull();
                assertThat(building.finish).as("no part after the finish").isNull();
                assertThat(part).isEqualTo(building.count++);
                building.open = opening;
                building.piece.setLength(0);
                building.citations.clear();
            }
            case StreamEvent.PartDelta(var choice, var part, var text) -> {
                Building building = open(choice, event);
                assertThat(part).isEqualTo(building.count - 1);
                assertThat(text).isNotEmpty();
                building.piece.append(text);
            }
            case StreamEvent.Cited(var choice, var part, var citation) ->
                    text(choice, part, event).citations.add(citation);
            case StreamEvent.Weighed(var choice, var part, var tokens) -> {
                assertThat(tokens).isNotEmpty();
                text(choice, part, event).tokens.addAll(tokens);
            }
            case StreamEvent.PartEnd(var choice, _, var seal) -> {
                Building building = open(choice, event);
                building.parts.add(part(building, seal));
                building.open = null;
            }
            case StreamEvent.Counted(var now) -> usage = now;
            case StreamEvent.Finished(var choice, var finish) -> {
                Building building = choices.computeIfAbsent(choice, c -> new Building());
                assertThat(building.open).as("all parts have ended").isNull();
                assertThat(building.finish).as("one finish").isNull();
                building.finish = finish;
            }
            case StreamEvent.Failed(var why) -> error = why;
            case StreamEvent.Tick _ -> {}
            case StreamEvent.Ended _ -> {
                assertThat(
                                error != null
                                        || choices.values().stream()
                                                .anyMatch(choice -> choice.finish != null))
                        .as("a finish or a failure")
                        .isTrue();
                ended = true;
            }
        }
    }

    private Building open(int choice, StreamEvent event) {
        Building building = choices.get(choice);
        assertThat(building).as("a part for %s", event).isNotNull();
        assertThat(Objects.requireNonNull(building).open)
                .as("an open part for %s", event)
                .isNotNull();
        return building;
    }

    private Building text(int choice, int part, StreamEvent event) {
        Building building = open(choice, event);
        assertThat(part).isEqualTo(building.count - 1);
        assertThat(building.open).as("an open text for %s", event).isInstanceOf(Opening.Text.class);
        return building;
    }

    private static Part part(Building building, @Nullable Seal seal) {
        String text = building.piece.toString();
        return switch (Objects.requireNonNull(building.open)) {
            case Opening.Text _ -> new Part.Text(text, null, building.citations);
            case Opening.Refusal _ -> new Part.Refusal(text);
            case Opening.Image(var source) -> {
                assertThat(text).as("no piece of a picture").isEmpty();
                yield new Part.Image(source, null, null);
            }
            case Opening.Thinking(var summary) -> new Part.Thinking(text, summary, seal);
            case Opening.ToolCall(var id, var name, var custom) ->
                    new Part.ToolCall(id, name, text, custom, seal);
        };
    }

    public List<StreamEvent> events() {
        return events;
    }

    public boolean failed() {
        return error != null;
    }

    /// What the stream failed with.
    public LlmError error() {
        assertThat(error).as("a failure").isNotNull();
        return Objects.requireNonNull(error);
    }

    /// What the whole answer would have been.
    public LlmAnswer answer() {
        List<LlmAnswer.Choice> whole = new ArrayList<>();
        choices.forEach((index, building) -> {
            if (building.finish != null) {
                whole.add(
                        new LlmAnswer.Choice(
                                index, building.parts, building.finish, building.tokens));
            }
        });
        return new LlmAnswer(
                start == null ? null : start.id(),
                start == null ? 0 : start.created(),
                start == null ? null : start.model(),
                whole,
                usage);
    }
}
