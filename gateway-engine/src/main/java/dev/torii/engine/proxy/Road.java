package dev.torii.engine.proxy;

import org.eclipse.jetty.client.HttpClient;

/// What all exchanges share.
record Road(HttpClient client, LlmForwarder llm, EndedExchanges ended, Clock clock) {}
