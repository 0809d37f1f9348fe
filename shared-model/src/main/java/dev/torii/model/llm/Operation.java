package dev.torii.model.llm;

/// What a client asks of a model, whatever the dialect.
public enum Operation {
    /// The next turn of a conversation.
    CHAT,
    /// A text that goes on from a prompt: OpenAI's older form.
    COMPLETIONS,
    EMBEDDINGS,
    /// How many tokens a request would take; nothing is generated.
    COUNT_TOKENS,
    /// Which models there are.
    MODELS,
    /// Anything else of a provider's API, such as images, audio and files: its bytes pass.
    PASS
}
