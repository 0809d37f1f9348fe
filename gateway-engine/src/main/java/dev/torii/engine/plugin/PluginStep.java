package dev.torii.engine.plugin;

import dev.torii.engine.exchange.GatewayError;

/// How far a [PluginRun] came.
public sealed interface PluginStep {

    /// All plugins let the request pass: it goes upstream.
    record Done() implements PluginStep {}

    /// A plugin answered: nothing goes upstream.
    ///
    /// @param decision an `Answer` or a `Refuse`
    record Stopped(Decision decision) implements PluginStep {}

    /// A plugin threw, or the body is too large for it: nothing goes upstream.
    record Failed(GatewayError error) implements PluginStep {}

    /// The next plugin looks at the body: read it, hand it to the exchange, and call `next` again.
    ///
    /// @param maxBytes the size beyond which it is to be refused with 413
    record NeedsBody(long maxBytes) implements PluginStep {}

    PluginStep DONE = new Done();
}
