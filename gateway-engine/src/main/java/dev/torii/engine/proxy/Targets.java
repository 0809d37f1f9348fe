package dev.torii.engine.proxy;

import dev.torii.engine.exchange.GatewayError;
import org.jspecify.annotations.Nullable;

/// Where the attempts of one call go, one after the other. An [UpstreamAddress] is the plain case:
/// all of them go there.
interface Targets {

    /// Where the next attempt goes; null when nobody is left to ask.
    @Nullable UpstreamAddress next();

    /// A cookie that the client is to be given, as `Set-Cookie` has it.
    default @Nullable String setCookie() {
        return null;
    }

    /// The attempt that is under way got this status.
    default void answered(int status) {}

    /// The attempt that is under way got no answer, or not all of it.
    default void failed(GatewayError error) {}

    /// The attempt that was under way is over, however it went.
    default void over() {}
}
