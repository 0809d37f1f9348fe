package dev.torii.model.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A text that must not be seen: its `toString` is a mask, so that no log line, event or exception
/// can hold it by accident.
public record Secret(@JsonValue String reveal) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Secret {}

    @Override
    public String toString() {
        return "••••";
    }
}
