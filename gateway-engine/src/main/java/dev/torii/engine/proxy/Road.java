package dev.torii.engine.proxy;

import dev.torii.engine.exchange.Exchange;
import java.util.function.BiConsumer;
import org.eclipse.jetty.client.HttpClient;

/// What all exchanges share.
///
/// @param recorder takes each ended exchange, with the plugins' log phase to run
record Road(
        HttpClient client,
        LlmForwarder llm,
        BiConsumer<Exchange, Runnable> recorder,
        Clock clock) {}
