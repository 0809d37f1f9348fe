package dev.torii.model.llm;

import java.util.Optional;

/// What kind of LLM call a route carries: the values of `route_type`.
public enum RouteType {
    CHAT("llm/v1/chat"),
    COMPLETIONS("llm/v1/completions"),
    /// The body goes through as it is.
    PRESERVE("preserve");

    private final String wireName;

    RouteType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
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
