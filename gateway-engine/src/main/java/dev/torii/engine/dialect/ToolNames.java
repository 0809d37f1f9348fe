package dev.torii.engine.dialect;

import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of tools where a provider takes only short ones, of letters, digits, `_` and `-`. Any
/// other is written in such a way, the same one each time, and a call by it gets the client's name
/// back.
public final class ToolNames {

    private static final Pattern FITTING = Pattern.compile("[A-Za-z0-9_-]+");

    /// Behind what is left of a name: `_` and six digits.
    private static final int SUFFIX = 7;

    private final Map<String, String> written = new HashMap<>();
    private final Map<String, String> own = new HashMap<>();

    /// The names in a request.
    ///
    /// @param request as the client means it
    /// @param longest name that the provider takes; 0 where it takes any
    public static ToolNames of(LlmRequest request, int longest) {
        var names = new ToolNames();
        if (longest > 0) {
            names.fit(all(request), longest);
        }
        return names;
    }

    private ToolNames() {}

    private static Set<String> all(LlmRequest request) {
        Set<String> names = new LinkedHashSet<>();
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> names.add(function.name());
                case Tool.Custom custom -> names.add(custom.name());
                case Tool.Server _ -> {}
            }
        }
        for (Message message : request.messages()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.add(call.name());
                }
            }
        }
        return names;
    }

    private void fit(Set<String> names, int longest) {
        Set<String> taken = new HashSet<>(names);
        for (String name : names) {
            if (name.length() <= longest && FITTING.matcher(name).matches()) {
                continue;
            }
            String fitting = fitting(name, name, longest);
            for (int i = 2; !taken.add(fitting); i++) {
                fitting = fitting(name, name + i, longest);
            }
            written.put(name, fitting);
            own.put(fitting, name);
        }
    }

    /// @param seed of the digits
    private static String fitting(String name, String seed, int longest) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        String digits = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        return plain.substring(0, Math.min(plain.length(), longest - SUFFIX))
                + "_"
                + digits.substring(0, SUFFIX - 1);
    }

    /// The same request with names that the provider takes.
    public LlmRequest fitting(LlmRequest request) {
        return written.isEmpty()
                ? request
                : request.with(
                        request.messages().stream().map(this::fitting).toList(),
                        request.tools().stream().map(this::fitting).toList(),
                        fitting(request.toolChoice()));
    }

    private String fitting(String name) {
        return written.getOrDefault(name, name);
    }

    private Message fitting(Message message) {
        return new Message(
                message.role(),
                message.parts().stream().map(this::fitting).toList(),
                message.name(),
                message.extra());
    }

    private Part fitting(Part part) {
        return switch (part) {
            case Part.ToolCall(var id, var name, var arguments, var custom, var seal) ->
                    new Part.ToolCall(id, fitting(name), arguments, custom, seal);
            case Part.ToolResult(var id, var name, var parts, var error, var cache)
                    when name != null ->
                    new Part.ToolResult(id, fitting(name), parts, error, cache);
            default -> part;
        };
    }

    private Tool fitting(Tool tool) {
        return switch (tool) {
            case Tool.Function(var name, var description, var parameters, var strict, var cache) ->
                    new Tool.Function(fitting(name), description, parameters, strict, cache);
            case Tool.Custom(var name, var description, var format) ->
                    new Tool.Custom(fitting(name), description, format);
            case Tool.Server server -> server;
        };
    }

    private @Nullable ToolChoice fitting(@Nullable ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Named(var name, var custom) ->
                    new ToolChoice.Named(fitting(name), custom);
            case ToolChoice.Allowed(var names, var required) ->
                    new ToolChoice.Allowed(names.stream().map(this::fitting).toList(), required);
            case null, default -> choice;
        };
    }

    /// The same answer with the client's names.
    public LlmAnswer restored(LlmAnswer answer) {
        if (own.isEmpty()) {
            return answer;
        }
        List<LlmAnswer.Choice> choices =
                answer.choices().stream()
                        .map(choice ->
                                choice.with(choice.parts().stream().map(this::restored).toList()))
                        .toList();
        return new LlmAnswer(
                answer.id(), answer.created(), answer.model(), choices, answer.usage());
    }

    private Part restored(Part part) {
        return part instanceof Part.ToolCall(var id, var name, var arguments, var custom, var seal)
                ? new Part.ToolCall(id, own.getOrDefault(name, name), arguments, custom, seal)
                : part;
    }

    /// The same in a stream; the reader itself where there is nothing to restore.
    public EventReader restored(EventReader reader) {
        return own.isEmpty()
                ? reader
                : new EventReader() {
                    @Override
                    public void read(ByteBuffer bytes, Consumer<StreamEvent> sink) {
                        reader.read(bytes, event -> sink.accept(restored(event)));
                    }

                    @Override
                    public void end(Consumer<StreamEvent> sink) {
                        reader.end(event -> sink.accept(restored(event)));
                    }
                };
    }

    private StreamEvent restored(StreamEvent event) {
        return event
                        instanceof
                        StreamEvent.PartStart(
                                var choice,
                                var part,
                                Opening.ToolCall(var id, var name, var custom))
                ? new StreamEvent.PartStart(
                        choice,
                        part,
                        new Opening.ToolCall(id, own.getOrDefault(name, name), custom))
                : event;
    }
}
