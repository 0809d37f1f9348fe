package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a `GenerateContentResponse`.
final class GeminiAnswerWriter {

    private GeminiAnswerWriter() {}

    static ObjectNode json(LlmAnswer answer, LlmRequest request) {
        ObjectNode json = Json.object();
        ArrayNode candidates = json.putArray("candidates");
        for (LlmAnswer.Choice choice : answer.choices()) {
            candidates.add(candidate(choice));
        }
        if (answer.usage() != null) {
            json.set("usageMetadata", GeminiUsage.json(answer.usage()));
        }
        name(json, answer.model() == null ? request.model() : answer.model(), answer.id());
        return json;
    }

    static void name(ObjectNode json, @Nullable String model, @Nullable String id) {
        if (model != null) {
            json.put("modelVersion", model);
        }
        if (id != null) {
            json.put("responseId", id);
        }
    }

    private static ObjectNode candidate(LlmAnswer.Choice choice) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        ArrayNode parts = content.putArray("parts");
        content.put("role", "model");
        var seals = new GeminiSealedParts();
        ArrayNode chunks = Json.array();
        for (Part part : choice.parts()) {
            switch (part) {
                case Part.Text(var text, var _, var annotations) -> {
                    parts.addAll(seals.flush());
                    parts.addObject().put("text", text);
                    annotations.forEach(annotation -> cite(annotation, chunks));
                }
                case Part.Refusal(var text) -> parts.addObject().put("text", text);
                case Part.Thinking(var text, var _, var seal) ->
                        parts.addAll(seals.thought(text, seal));
                case Part.ToolCall call -> parts.addAll(seals.call(call));
                case Part.Data(var data) -> parts.addObject().put("text", Json.text(data));
                case Part.Image(var source, var _, var _) -> {
                    parts.addAll(seals.flush());
                    parts.addAll(picture(source));
                }
                case Part.Opaque(var dialect, var raw) -> {
                    if (dialect.equals(GeminiDialect.NAME)) {
                        parts.add(raw);
                    }
                }
                default -> {}
            }
        }
        parts.addAll(seals.flush());
        candidate.put("finishReason", GeminiFinish.word(choice.finish()));
        candidate.put("index", choice.index());
        ground(candidate, chunks);
        return candidate;
    }

    /// Nothing for one that lies with another vendor, which the client cannot get.
    static List<ObjectNode> picture(MediaSource source) {
        ObjectNode part = Json.object();
        switch (source) {
            case MediaSource.Bytes(var type, var base64) ->
                    part.putObject("inlineData").put("mimeType", type).put("data", base64);
            case MediaSource.Url(var url) -> part.putObject("fileData").put("fileUri", url);
            case MediaSource.FileId _ -> {}
        }
        return part.isEmpty() ? List.of() : List.of(part);
    }

    static void ground(ObjectNode candidate, ArrayNode chunks) {
        if (!chunks.isEmpty()) {
            candidate.putObject("groundingMetadata").set("groundingChunks", chunks);
        }
    }

    static void cite(JsonNode annotation, ArrayNode chunks) {
        JsonNode citation =
                annotation.path("url_citation").isObject()
                        ? annotation.path("url_citation")
                        : annotation;
        String url = Fields.text(citation, "url");
        if (url != null) {
            ObjectNode web = chunks.addObject().putObject("web").put("uri", url);
            String title = Fields.text(citation, "title");
            if (title != null) {
                web.put("title", title);
            }
        }
    }
}
