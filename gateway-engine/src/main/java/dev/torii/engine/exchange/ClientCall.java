package dev.torii.engine.exchange;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.model.llm.Operation;
import org.jspecify.annotations.Nullable;

/// What a client asks for, in which dialect.
///
/// @param model null when the client names none
/// @param stream whether the client wants a stream
public record ClientCall(
        ClientDialect dialect, Operation operation, @Nullable String model, boolean stream) {}
