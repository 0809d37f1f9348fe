package dev.torii.engine.proxy;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;

/// What all exchanges share.
///
/// @param patience how long a streamed answer may be silent before the client gets a sign of life
record Road(
        HttpClient client,
        LlmForwarder llm,
        EndedExchanges ended,
        Clock clock,
        Duration patience) {}
