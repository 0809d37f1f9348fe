package dev.torii.engine.exchange;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.model.llm.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asks for, in which dialect.
///
/// @param model null when the client names none
/// @param stream whether the client wants a stream
/// @param betas as [ClientDialect#betas] reads them
/// @param path of a call that passes, below the version of the API, such as `/images/edits`; empty
///   where the operation says it all, and where the whole path is to be kept
public record ClientCall(
        ClientDialect dialect,
        Operation operation,
        @Nullable String model,
        boolean stream,
        List<String> betas,
        String path) {

    /// A call whose operation says it all.
    public ClientCall(
            ClientDialect dialect, Operation operation, @Nullable String model, boolean stream) {
        this(dialect, operation, model, stream, List.of(), "");
    }
}
