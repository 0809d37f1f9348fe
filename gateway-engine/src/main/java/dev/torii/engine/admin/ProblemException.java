package dev.torii.engine.admin;

import java.io.Serial;

/// Ends the handling of a request with this answer, wherever it is noticed. See [Problems].
final class ProblemException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    ProblemException(Answer answer) {
        // Without a stack trace: it is an answer, not a fault.
        super("answered with " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
