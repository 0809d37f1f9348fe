package dev.torii.engine.dialect.chat;

import dev.torii.model.llm.Finish;

/// The words of `finish_reason`.
final class ChatFinish {

    private ChatFinish() {}

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
