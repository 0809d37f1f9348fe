package dev.torii.engine.command;

import java.io.Serial;

/// A command could not do what it was asked for; the message is one sentence for the user: what is
/// wrong, with which value, and the way out.
final class CommandException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
