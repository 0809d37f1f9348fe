package dev.torii.engine.dialect;

import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.Tool;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Makes calls of custom tools again of the calls of functions that stand for them where a provider
/// knows but functions; see [OfferedTools]. Around any reader.
public final class CustomCalls implements EventReader {

    /// Of a call that is being read.
    private record Place(int choice, int part) {}

    private final EventReader reader;
    private final Set<String> names;
    private final Map<Place, CustomInput> open = new HashMap<>();

    private CustomCalls(EventReader reader, Set<String> names) {
        this.reader = reader;
        this.names = names;
    }

    /// The reader itself where the request has no such tool.
    public static EventReader of(EventReader reader, LlmRequest request) {
        Set<String> names = names(request);
        return names.isEmpty() ? reader : new CustomCalls(reader, names);
    }

    private static Set<String> names(LlmRequest request) {
        Set<String> names = new HashSet<>();
        for (Tool tool : request.tools()) {
            if (tool instanceof Tool.Custom custom) {
                names.add(custom.name());
            }
        }
        return names;
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
            case StreamEvent.PartStart(
                            var choice,
                            var part,
                            Opening.ToolCall(var id, var name, var custom))
                    when !custom && names.contains(name) -> {
                open.put(new Place(choice, part), new CustomInput());
                sink.accept(
                        new StreamEvent.PartStart(
                                choice, part, new Opening.ToolCall(id, name, true)));
            }
            case StreamEvent.PartDelta(var choice, var part, var piece) -> {
                CustomInput input = open.get(new Place(choice, part));
                piece(choice, part, input == null ? piece : input.take(piece), sink);
            }
            case StreamEvent.PartEnd(var choice, var part, var _) -> {
                CustomInput input = open.remove(new Place(choice, part));
                if (input != null) {
                    piece(choice, part, input.end(), sink);
                }
                sink.accept(event);
            }
            default -> sink.accept(event);
        }
    }

    private static void piece(int choice, int part, String text, Consumer<StreamEvent> sink) {
        if (!text.isEmpty()) {
            sink.accept(new StreamEvent.PartDelta(choice, part, text));
        }
    }

    /// The same in a whole answer.
    public static LlmAnswer of(LlmAnswer answer, LlmRequest request) {
        Set<String> names = names(request);
        if (names.isEmpty()) {
            return answer;
        }
        List<LlmAnswer.Choice> choices =
                answer.choices().stream()
                        .map(choice ->
                                choice.with(
                                        choice.parts().stream()
                                                .map(part -> part(part, names))
                                                .toList()))
                        .toList();
        return new LlmAnswer(
                answer.id(), answer.created(), answer.model(), choices, answer.usage());
    }

    private static Part part(Part part, Set<String> names) {
        return part instanceof Part.ToolCall(var id, var name, var arguments, var custom, var seal)
                        && !custom
                        && names.contains(name)
                ? new Part.ToolCall(id, name, CustomInput.of(arguments), true, seal)
                : part;
    }
}
