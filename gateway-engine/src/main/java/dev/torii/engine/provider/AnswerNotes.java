package dev.torii.engine.provider;

import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.StreamEvent;
import org.jspecify.annotations.Nullable;

/// What a call learns from its answer: who answered, what it took, and what it said.
final class AnswerNotes {

    /// How much of an answer is kept to count its tokens, in characters.
    private static final int MAX_KEPT = 8 * 1024 * 1024;

    private final LlmCall call;
    private final StringBuilder text = new StringBuilder();

    private boolean firstToken;
    private boolean finished;
    private @Nullable LlmError failure;

    AnswerNotes(LlmCall call) {
        this.call = call;
        call.answer(text::toString);
    }

    /// Of an answer that came as a whole.
    static void of(LlmCall call, LlmAnswer answer) {
        if (answer.model() != null) {
            call.responseModel(answer.model());
        }
        if (answer.usage() != null) {
            call.usage(answer.usage());
        }
        call.answer(() -> AnswerText.of(answer));
    }

    /// Of the next step of a streamed one.
    void take(StreamEvent event) {
        switch (event) {
            case StreamEvent.Start(_, var model, _) when model != null -> call.responseModel(model);
            case StreamEvent.PartStart(_, _, StreamEvent.Opening.ToolCall opening) ->
                    keep(opening.name());
            case StreamEvent.PartStart(_, _, StreamEvent.Opening.Image _) -> firstToken = true;
            case StreamEvent.PartDelta(_, _, var piece) -> {
                firstToken = true;
                keep(piece);
            }
            case StreamEvent.Counted(var usage) -> call.usage(usage);
            case StreamEvent.Finished _ -> finished = true;
            case StreamEvent.Failed(var error) -> failure = error;
            default -> {}
        }
    }

    private void keep(String piece) {
        if (text.length() + piece.length() <= MAX_KEPT) {
            text.append(piece);
        }
    }

    boolean firstTokenSeen() {
        return firstToken;
    }

    /// What the answer failed with; null when it did not.
    @Nullable LlmError failure() {
        return failure;
    }

    /// Whether the answer came to its end.
    boolean complete() {
        return finished && failure == null;
    }
}
