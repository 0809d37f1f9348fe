package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.CacheHint;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the parts of a turn. Gemini's signatures go back beside what they came with: a function
/// call, or else the text behind the thought. Source: Google's documentation, "Thought signatures".
final class GeminiParts {

    /// What Google takes in place of a signature that nobody has.
    private static final String NO_SIGNATURE = "skip_thought_signature_validator";

    private static final String SIGNATURE = "thoughtSignature";

    private final GeminiCalls calls;
    private final Losses losses;

    GeminiParts(GeminiCalls calls, Losses losses) {
        this.calls = calls;
        this.losses = losses;
    }

    List<ObjectNode> ofUser(List<Part> parts) throws UnsayableException {
        List<ObjectNode> written = new ArrayList<>();
        for (Part part : parts) {
            ObjectNode one = part(part);
            if (one != null) {
                written.add(one);
            }
        }
        return written;
    }

    /// @param signed whether the first call has to have a signature
    List<ObjectNode> ofModel(List<Part> parts, boolean signed) throws UnsayableException {
        List<ObjectNode> written = new ArrayList<>();
        List<String> seals = new ArrayList<>();
        int callsLeft =
                (int)
                        parts.stream()
                                .filter(part -> part instanceof Part.ToolCall call && !isOwn(call))
                                .count();
        for (Part part : parts) {
            switch (part) {
                case Part.Thinking(var text, var _, var seal) -> {
                    if (seal == null || !seal.dialect().equals(GeminiDialect.NAME)) {
                        losses.dropped("thinking");
                    } else {
                        seals.add(seal.value());
                        if (!text.isEmpty()) {
                            written.add(Json.object().put("text", text).put("thought", true));
                        }
                    }
                }
                case Part.ToolCall call -> {
                    ObjectNode json = calls.call(call);
                    if (isOwn(call)) {
                        json.put(SIGNATURE, valueOf(call.seal()));
                    } else {
                        if (!seals.isEmpty()) {
                            // Those before belong to texts.
                            int which = Math.max(0, seals.size() - callsLeft);
                            json.put(SIGNATURE, seals.remove(which));
                        }
                        callsLeft--;
                    }
                    written.add(json);
                }
                default -> {
                    ObjectNode json = part(part);
                    if (json != null) {
                        written.add(json);
                    }
                }
            }
        }
        seals.reversed().forEach(seal -> sealText(seal, written));
        if (signed) {
            signFirstCall(written);
        }
        return written;
    }

    private static boolean isOwn(Part.ToolCall call) {
        return call.seal() != null && call.seal().dialect().equals(GeminiDialect.NAME);
    }

    private static @Nullable String valueOf(@Nullable Seal seal) {
        return seal == null ? null : seal.value();
    }

    private static void sealText(String seal, List<ObjectNode> written) {
        for (ObjectNode part : written.reversed()) {
            if (part.has("text") && !part.has("thought") && !part.has(SIGNATURE)) {
                part.put(SIGNATURE, seal);
                return;
            }
        }
        written.add(Json.object().put("text", "").put(SIGNATURE, seal));
    }

    private void signFirstCall(List<ObjectNode> written) {
        for (ObjectNode part : written) {
            if (part.has("functionCall")) {
                if (!part.has(SIGNATURE)) {
                    losses.approximated(SIGNATURE);
                    part.put(SIGNATURE, NO_SIGNATURE);
                }
                return;
            }
        }
    }

    private @Nullable ObjectNode part(Part part) throws UnsayableException {
        return switch (part) {
            case Part.Text(var text, var cache, var _) -> text(text, cache);
            case Part.Refusal(var text) -> {
                losses.approximated("refusal");
                yield text(text, null);
            }
            case Part.Data(var json) -> text(Json.text(json), null);
            case Part.Image(var source, var _, var cache) -> {
                losses.droppedIf(cache != null, "cache_control");
                yield GeminiMedia.json(source, "image/jpeg");
            }
            case Part.Audio(var source, var format) -> GeminiMedia.json(source, "audio/" + format);
            case Part.Document(var source, var name, var title, var cache) -> {
                losses.droppedIf(cache != null, "cache_control");
                losses.droppedIf(name != null || title != null, "filename");
                yield GeminiMedia.json(source, "application/pdf");
            }
            case Part.ToolCall call -> calls.call(call);
            case Part.ToolResult result -> text(GeminiCalls.text(result), result.cache());
            case Part.Thinking _ -> {
                losses.dropped("thinking");
                yield null;
            }
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(GeminiDialect.NAME)) {
                    yield json;
                }
                losses.dropped("content of type " + json.path("type").asText("unknown"));
                yield null;
            }
        };
    }

    private @Nullable ObjectNode text(String text, @Nullable CacheHint cache) {
        losses.droppedIf(cache != null, "cache_control");
        return text.isEmpty() ? null : Json.object().put("text", text);
    }
}
