package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.Finish.Kind;

/// The words of `finishReason`; some of Google's own clients ask for their numbers instead. Source:
/// Google's Gemini API reference, "FinishReason".
final class GeminiFinish {

    private static final String[] WORDS = {
        "FINISH_REASON_UNSPECIFIED",
        "STOP",
        "MAX_TOKENS",
        "SAFETY",
        "RECITATION",
        "OTHER",
        "LANGUAGE",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "SPII",
        "MALFORMED_FUNCTION_CALL",
        "IMAGE_SAFETY",
        "UNEXPECTED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS"
    };

    private GeminiFinish() {}

    /// Whether the reason is there and says anything.
    static boolean isSaid(JsonNode reason) {
        String word = word(reason);
        return !word.isEmpty() && !word.equals(WORDS[0]);
    }

    /// Whether a function was called that was not offered.
    static boolean isUnexpectedCall(JsonNode reason) {
        return word(reason).equals("UNEXPECTED_TOOL_CALL");
    }

    static Finish read(JsonNode reason) {
        return Finish.of(
                switch (word(reason)) {
                    case "STOP" -> Kind.STOP;
                    case "MAX_TOKENS" -> Kind.LENGTH;
                    case "SAFETY",
                            "RECITATION",
                            "LANGUAGE",
                            "BLOCKLIST",
                            "PROHIBITED_CONTENT",
                            "SPII",
                            "MODEL_ARMOR",
                            "IMAGE_SAFETY",
                            "IMAGE_PROHIBITED_CONTENT",
                            "IMAGE_RECITATION" ->
                            Kind.CONTENT_FILTER;
                    case "OTHER",
                            "MALFORMED_FUNCTION_CALL",
                            "UNEXPECTED_TOOL_CALL",
                            "TOO_MANY_TOOL_CALLS",
                            "MALFORMED_RESPONSE",
                            "MISSING_THOUGHT_SIGNATURE",
                            "NO_IMAGE",
                            "IMAGE_OTHER" ->
                            Kind.ERROR;
                    default -> Kind.UNKNOWN;
                });
    }

    private static String word(JsonNode reason) {
        if (reason.isInt() && reason.intValue() >= 0 && reason.intValue() < WORDS.length) {
            return WORDS[reason.intValue()];
        }
        return reason.asText("");
    }

    static String word(Finish finish) {
        return switch (finish.kind()) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE, UNKNOWN -> "STOP";
            case LENGTH, CONTEXT_FULL -> "MAX_TOKENS";
            case CONTENT_FILTER, REFUSAL -> "SAFETY";
            case ERROR -> "OTHER";
        };
    }
}
