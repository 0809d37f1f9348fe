package dev.torii.engine.proxy;

/// What asks upstream.
interface Sending {

    void send();

    /// Ends it, wherever it is; the receiver hears of it as a failure.
    void abort(Throwable cause);
}
