package dev.torii.engine.dialect.chat;

import dev.torii.model.llm.Finish;
import org.jspecify.annotations.Nullable;

/// The words of `finish_reason`.
final class ChatFinish {

    private ChatFinish() {}

    /// The words of OpenAI, and those that its copies have besides. Google's copy puts its own word
    /// behind a colon. Source: the API references of DeepSeek, Mistral, Together and Z.ai.
    static Finish read(@Nullable String reason) {
        return Finish.of(
                switch (reason == null ? null : reason.replaceFirst(":.*", "")) {
                    case "stop", "eos" -> Finish.Kind.STOP;
                    case "length" -> Finish.Kind.LENGTH;
                    case "model_length", "model_context_window_exceeded" ->
                            Finish.Kind.CONTEXT_FULL;
                    case "tool_calls", "function_call" -> Finish.Kind.TOOL_CALLS;
                    case "content_filter", "sensitive" -> Finish.Kind.CONTENT_FILTER;
                    case "error",
                            "function_call_filter",
                            "insufficient_system_resource",
                            "network_error" ->
                            Finish.Kind.ERROR;
                    case null, default -> Finish.Kind.UNKNOWN;
                });
    }

    /// The same, seen that the model refused in words.
    static Finish refused(Finish finish) {
        return finish.kind() == Finish.Kind.STOP ? Finish.of(Finish.Kind.REFUSAL) : finish;
    }

    static String word(Finish finish) {
        return switch (finish.kind()) {
            case STOP, STOP_SEQUENCE, PAUSE, UNKNOWN -> "stop";
            case LENGTH, CONTEXT_FULL -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
            case ERROR -> "error";
        };
    }
}
