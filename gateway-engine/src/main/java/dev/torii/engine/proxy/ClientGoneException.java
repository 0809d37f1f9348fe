package dev.torii.engine.proxy;

/// The client hung up before its answer was complete.
final class ClientGoneException extends Exception {

    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("the client closed the connection", null, false, false);
    }
}
