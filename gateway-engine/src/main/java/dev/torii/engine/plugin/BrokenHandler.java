package dev.torii.engine.plugin;

import dev.torii.engine.exchange.Exchange;

/// Stands for a plugin that could not be started: what it was to protect stays closed.
final class BrokenHandler implements PluginHandler {

    private final BrokenPluginException failure;

    BrokenHandler(String reason) {
        failure = new BrokenPluginException(reason);
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        throw failure;
    }
}
