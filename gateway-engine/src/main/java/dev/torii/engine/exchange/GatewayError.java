package dev.torii.engine.exchange;

import org.jspecify.annotations.Nullable;

/// What can go wrong with a request on the gateway's own account; one switch turns each into a
/// status and a sentence.
public sealed interface GatewayError {

    record NoRoute() implements GatewayError {}

    record NoService() implements GatewayError {}

    record HttpsRequired(int redirectStatus) implements GatewayError {}

    record BodyTooLarge(long limit) implements GatewayError {}

    record BadRequest() implements GatewayError {}

    record NameResolutionFailed(String host) implements GatewayError {}

    /// An upstream has no target that may be asked.
    record NoHealthyTarget() implements GatewayError {}

    record UpstreamFailed() implements GatewayError {}

    record UpstreamTimeout() implements GatewayError {}

    record Overloaded() implements GatewayError {}

    /// The request has come through here too often.
    ///
    /// @param service null where there is none
    /// @param address host and port that lead back here
    record Loop(@Nullable String service, String address) implements GatewayError {}

    /// A plugin threw; its name is for the log, the client learns nothing of it.
    record PluginFailed(String plugin) implements GatewayError {}

    /// A provider cannot be asked, since there is nothing to vouch with.
    ///
    /// @param message what is missing; may be shown
    record NoCredential(String message) implements GatewayError {

        /// Tells of a model whose configured credential is not there.
        ///
        /// @param model whom a client asks for
        /// @param missing what stands for nothing, and the way out
        public static NoCredential of(String model, String missing) {
            return new NoCredential(model + " cannot be asked: " + missing);
        }
    }

    record Unexpected() implements GatewayError {}
}
