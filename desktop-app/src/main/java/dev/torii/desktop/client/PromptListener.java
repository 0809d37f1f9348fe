package dev.torii.desktop.client;

/// Hears an answer as it comes. Called on the thread that reads it.
public interface PromptListener {

    /// The gateway took the request.
    ///
    /// @param requestId its id in events and in the ledger; empty when none was given
    void accepted(String requestId);

    /// The next piece of the answer's text.
    void text(String piece);

    /// The model that answers, as it names itself.
    void model(String name);
}
