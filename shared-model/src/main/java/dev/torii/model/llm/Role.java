package dev.torii.model.llm;

/// Who says a message.
public enum Role {
    SYSTEM,
    /// OpenAI's word for a system message of the application's own.
    DEVELOPER,
    USER,
    ASSISTANT,
    TOOL
}
