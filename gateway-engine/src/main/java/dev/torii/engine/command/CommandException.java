package dev.torii.engine.command;

import java.io.Serial;

/// A command could not do what it was asked for; the message is one sentence for the user.
final class CommandException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
