package dev.torii.engine.dialect;

/// A provider's answer that cannot be made sense of. The message never quotes the answer.
public final class UnreadableAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableAnswerException(String message) {
        super(message);
    }
}
