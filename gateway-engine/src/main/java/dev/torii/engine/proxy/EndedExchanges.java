package dev.torii.engine.proxy;

import dev.torii.engine.exchange.Exchange;

/// Takes each exchange when it has ended.
@FunctionalInterface
public interface EndedExchanges {

    /// Called once for each exchange, on the road: it must not wait.
    ///
    /// @param onLog the log phase of the exchange's plugins, to be run later
    /// @return whether `onLog` will be run
    boolean take(Exchange exchange, Runnable onLog);
}
