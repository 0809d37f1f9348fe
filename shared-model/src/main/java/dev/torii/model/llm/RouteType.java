package dev.torii.model.llm;

import java.util.Optional;

/// What kind of LLM call a route carries: the values of `route_type`.
public enum RouteType {
    CHAT("llm/v1/chat", Operation.CHAT),
    COMPLETIONS("llm/v1/completions", Operation.COMPLETIONS),
    EMBEDDINGS("llm/v1/embeddings", Operation.EMBEDDINGS),
    /// A chat whose client speaks OpenAI's Responses.
    RESPONSES("llm/v1/responses", Operation.CHAT),
    FILES("llm/v1/files", Operation.PASS),
    BATCHES("llm/v1/batches", Operation.PASS),
    ASSISTANTS("llm/v1/assistants", Operation.PASS),
    SPEECH("audio/v1/audio/speech", Operation.PASS),
    TRANSCRIPTIONS("audio/v1/audio/transcriptions", Operation.PASS),
    TRANSLATIONS("audio/v1/audio/translations", Operation.PASS),
    IMAGE_GENERATIONS("image/v1/images/generations", Operation.PASS),
    IMAGE_EDITS("image/v1/images/edits", Operation.PASS),
    /// The body goes through as it is, and the path too.
    PRESERVE("preserve", Operation.PASS);

    private final String wireName;
    private final Operation operation;

    RouteType(String wireName, Operation operation) {
        this.wireName = wireName;
        this.operation = operation;
    }

    public String wireName() {
        return wireName;
    }

    public Operation operation() {
        return operation;
    }

    /// The path of such calls below the version of the API; empty where they have none.
    public String call() {
        int version = wireName.indexOf("/v1/");
        return version < 0 ? "" : wireName.substring(version + 3);
    }

    public static Optional<RouteType> of(String wireName) {
        for (RouteType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
