package dev.torii.engine.dialect;

import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Makes thoughts of what servers without a field for them write between `<think>` and `</think>`
/// at the beginning of a text. Tags further on are the model's own words. Around any reader.
public final class ThinkTags implements EventReader {

    private final EventReader reader;
    private final Map<Integer, ThinkTagSplitter> choices = new HashMap<>();

    public ThinkTags(EventReader reader) {
        this.reader = reader;
    }

    @Override
    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
        reader.read(bytes, event -> onEvent(event, sink));
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        reader.end(event -> onEvent(event, sink));
    }

    private void onEvent(StreamEvent event, Consumer<StreamEvent> sink) {
        switch (event) {
            case StreamEvent.PartStart start -> choice(start.choice()).start(start, sink);
            case StreamEvent.PartDelta delta -> choice(delta.choice()).delta(delta, sink);
            case StreamEvent.Cited cited -> choice(cited.choice()).cited(cited, sink);
            case StreamEvent.Weighed weighed -> choice(weighed.choice()).weighed(weighed, sink);
            case StreamEvent.PartEnd end -> choice(end.choice()).end(end, sink);
            default -> sink.accept(event);
        }
    }

    private ThinkTagSplitter choice(int index) {
        return choices.computeIfAbsent(index, ThinkTagSplitter::new);
    }

    /// The same in a whole answer.
    public static LlmAnswer split(LlmAnswer answer) {
        return new LlmAnswer(
                answer.id(),
                answer.created(),
                answer.model(),
                answer.choices().stream()
                        .map(choice -> choice.with(split(choice.parts())))
                        .toList(),
                answer.usage());
    }

    private static List<Part> split(List<Part> parts) {
        List<Part> split = new ArrayList<>();
        boolean first = true;
        for (Part part : parts) {
            if (first && part instanceof Part.Text text) {
                first = false;
                split(text, split);
            } else {
                split.add(part);
            }
        }
        return split;
    }

    private static void split(Part.Text part, List<Part> split) {
        String text = part.text().stripLeading();
        if (!text.startsWith(ThinkTagSplitter.OPEN)) {
            split.add(part);
            return;
        }
        int close = text.indexOf(ThinkTagSplitter.CLOSE);
        String thought =
                text.substring(ThinkTagSplitter.OPEN.length(), close < 0 ? text.length() : close);
        if (!thought.isBlank()) {
            split.add(new Part.Thinking(thought.strip(), false, null));
        }
        String rest =
                close < 0
                        ? ""
                        : text.substring(close + ThinkTagSplitter.CLOSE.length()).stripLeading();
        if (!rest.isEmpty()) {
            split.add(new Part.Text(rest, part.cache(), part.annotations()));
        }
    }
}
