package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes thoughts and calls for a client, each seal as a `thoughtSignature`: on the thought that
/// it signs, or else on the call behind it, which clients keep even where they forget thoughts.
final class GeminiSealedParts {

    private static final String SIGNATURE = "thoughtSignature";

    private @Nullable Seal waiting;

    /// A whole thought.
    List<ObjectNode> thought(String text, @Nullable Seal seal) {
        List<ObjectNode> parts = new ArrayList<>(flush());
        if (!text.isEmpty()) {
            parts.add(thought(text));
        }
        if (seal != null && !text.isEmpty() && signsText(seal)) {
            parts.getLast().put(SIGNATURE, SealWrap.carried(seal, GeminiDialect.NAME));
        } else {
            waiting = seal;
        }
        return parts;
    }

    /// A piece of a thought.
    static ObjectNode thought(String text) {
        return Json.object().put("text", text).put("thought", true);
    }

    /// The end of a thought whose pieces were written before.
    List<ObjectNode> thoughtEnd(@Nullable Seal seal) {
        List<ObjectNode> parts = new ArrayList<>(flush());
        if (seal != null && signsText(seal)) {
            parts.add(thought("").put(SIGNATURE, SealWrap.carried(seal, GeminiDialect.NAME)));
        } else {
            waiting = seal;
        }
        return parts;
    }

    /// Gemini's own belongs to what follows the thought.
    private static boolean signsText(Seal seal) {
        return seal.kind() == Seal.Kind.SIGNATURE && !seal.dialect().equals(GeminiDialect.NAME);
    }

    List<ObjectNode> call(Part.ToolCall call) {
        List<ObjectNode> parts = new ArrayList<>();
        ObjectNode json = GeminiCalls.json(call);
        Seal own = call.seal();
        if (own != null) {
            parts.addAll(flush());
            json.put(
                    SIGNATURE,
                    own.dialect().equals(GeminiDialect.NAME)
                            ? own.value()
                            : SealWrap.wrap(own, call.id()));
        } else if (waiting != null) {
            json.put(SIGNATURE, SealWrap.carried(waiting, GeminiDialect.NAME));
            waiting = null;
        }
        parts.add(json);
        return parts;
    }

    /// What waited for a call that did not come.
    List<ObjectNode> flush() {
        Seal seal = waiting;
        if (seal == null) {
            return List.of();
        }
        waiting = null;
        ObjectNode part = Json.object().put("text", "");
        if (!seal.dialect().equals(GeminiDialect.NAME)) {
            part.put("thought", true);
        }
        return List.of(part.put(SIGNATURE, SealWrap.carried(seal, GeminiDialect.NAME)));
    }
}
