package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is meant by a request or an answer, in whatever dialect it was said: the texts, the tools,
/// the calls and what came of them.
final class Gist {

    private final Map<String, Object> said = new TreeMap<>();
    private final Map<String, String> called = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final List<String> media = new ArrayList<>();
    private final Map<String, StringBuilder> texts = new TreeMap<>();
    private int seals;
    private boolean refused;

    private Gist() {}

    static Map<String, Object> of(LlmRequest request) {
        var gist = new Gist();
        for (Message message : request.messages()) {
            String speaker =
                    switch (message.role()) {
                        case SYSTEM, DEVELOPER -> "system";
                        case ASSISTANT -> "assistant";
                        case USER, TOOL -> "user";
                    };
            message.parts().forEach(part -> gist.add(speaker, part));
        }
        gist.said.putAll(gist.texts());
        // Several may have become one, with a line between.
        gist.said.computeIfPresent("system", (_, text) -> text.toString().replaceAll("\\s", ""));
        gist.said.put("calls", gist.calls);
        gist.said.put("results", gist.results);
        gist.said.put("media", gist.media.stream().sorted().toList());
        gist.said.put("tools", request.tools().stream().map(Gist::tool).sorted().toList());
        gist.said.put("limit", request.limit() == null ? "none" : request.limit().tokens());
        gist.said.put(
                "format",
                request.format() == null || request.format() instanceof OutputFormat.Text
                        ? "text"
                        : request.format().getClass().getSimpleName());
        gist.said.put("stream", request.stream());
        gist.said.put("parallel", !Boolean.FALSE.equals(request.parallelToolCalls()));
        gist.said.put("choice", choice(request.toolChoice()));
        gist.said.put("stop", request.sampling().stop());
        gist.said.put("temperature", number(request.sampling().temperature()));
        gist.said.put("top_p", number(request.sampling().topP()));
        gist.said.put("user", String.valueOf(request.session().endUser()));
        return gist.said;
    }

    /// @param choices how many of them the dialect can say
    /// @param refusals whether the dialect tells them from other texts
    /// @param finish what becomes of a reason
    static List<Map<String, Object>> of(
            LlmAnswer answer, int choices, boolean refusals, UnaryOperator<Finish.Kind> finish) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (LlmAnswer.Choice choice : answer.choices()) {
            if (all.size() == choices) {
                break;
            }
            var gist = new Gist();
            choice.parts().forEach(part -> gist.add("text", part));
            gist.said.putAll(gist.texts());
            gist.said.put("calls", gist.calls);
            gist.said.put("seals", gist.seals);
            gist.said.put("refused", refusals && gist.refused);
            gist.said.put("finish", finish.apply(choice.finish().kind()));
            all.add(gist.said);
        }
        return all;
    }

    private Map<String, String> texts() {
        Map<String, String> joined = new TreeMap<>();
        texts.forEach((speaker, text) -> {
            if (!text.isEmpty()) {
                joined.put(speaker, text.toString());
            }
        });
        return joined;
    }

    private void add(String speaker, Part part) {
        switch (part) {
            case Part.Text(var text, _, _) -> text(speaker, text);
            case Part.Refusal(var text) -> {
                refused = true;
                text(speaker, text);
            }
            case Part.Thinking(var text, _, var seal) -> {
                if (speaker.equals("text")) {
                    text("thinking", text);
                }
                seals += seal == null ? 0 : 1;
            }
            case Part.ToolCall(var id, var name, var arguments, _, var seal) -> {
                called.put(id, name);
                calls.add(name + json(arguments));
                seals += seal == null ? 0 : 1;
            }
            case Part.ToolResult(var id, _, var parts, _, _) -> {
                var text = new StringBuilder();
                for (Part inner : parts) {
                    switch (inner) {
                        case Part.Text(var piece, _, _) -> text.append(piece);
                        case Part.Data(var json) -> text.append(Json.text(json));
                        default -> add(speaker, inner);
                    }
                }
                results.add(called.getOrDefault(id, "unknown") + json(text.toString()));
            }
            case Part.Image(var source, _, _) -> media.add("image " + where(source));
            case Part.Audio(var source, _) -> media.add("audio " + where(source));
            case Part.Document(var source, _, _, _) -> media.add("document " + where(source));
            case Part.Data(var json) -> text(speaker, Json.text(json));
            case Part.Opaque _ -> {}
        }
    }

    private void text(String speaker, String text) {
        texts.computeIfAbsent(speaker, _ -> new StringBuilder()).append(text);
    }

    private static String where(MediaSource source) {
        return switch (source) {
            case MediaSource.Url(var url) -> url;
            case MediaSource.Bytes(_, var base64) -> base64;
            case MediaSource.FileId(_, var id) -> id;
        };
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "none" : number.stripTrailingZeros().toPlainString();
    }

    private static String choice(@Nullable ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Required _ -> "required";
            case ToolChoice.None _ -> "none";
            case ToolChoice.Named(var name, _) -> name;
            // Whether all or some are allowed shows in the tools themselves.
            case ToolChoice.Allowed(_, var required) -> required ? "required" : "auto";
            case ToolChoice.Auto _ -> "auto";
            case null -> "auto";
        };
    }

    private static String tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                    function.name() + names(function.parameters()) + function.description();
            case Tool.Custom custom -> custom.name();
            case Tool.Server server -> server.type();
        };
    }

    private static List<String> names(@Nullable ObjectNode schema) {
        List<String> names = new ArrayList<>();
        if (schema != null) {
            schema.path("properties").fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    /// The value in its one form, if it is JSON; a lone result is as good as what holds it.
    static String json(String text) {
        if (text.isBlank()) {
            return "{}";
        }
        try {
            JsonNode json = Json.parse(text);
            for (String field : List.of("result", "output", "content")) {
                if (json.size() == 1 && json.has(field)) {
                    return json(
                            json.get(field).isTextual()
                                    ? json.get(field).asText()
                                    : Json.text(json.get(field)));
                }
            }
            return Json.text(json);
        } catch (MalformedJsonException e) {
            return text;
        }
    }
}
