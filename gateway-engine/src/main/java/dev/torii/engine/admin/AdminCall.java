package dev.torii.engine.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// One request to the Admin API.
///
/// @param client what the client calls itself
/// @param method in upper case; `HEAD` has become `GET`
/// @param query the last value of each argument
/// @param precondition what the client has read of what it changes
/// @param source reads the body, once and only when it is asked for
/// @param documents reads a body that is a configuration, likewise
record AdminCall(
        String client,
        String method,
        Map<String, String> query,
        Precondition precondition,
        BodySource source,
        DocumentSource documents) {

    interface BodySource {
        Input read() throws IOException;
    }

    interface DocumentSource {
        DocumentBody read() throws IOException;
    }

    /// The same request with another body.
    AdminCall reading(BodySource other) {
        return new AdminCall(client, method, query, precondition, other, documents);
    }

    DocumentBody document() {
        try {
            return documents.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Input body() {
        try {
            return source.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
