package dev.torii.engine.proxy;

import dev.torii.engine.tls.UpstreamTls;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory.SslEngineFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// TLS settings towards upstreams, ready to connect with. Made when the configuration changes; a
/// request only points to them.
final class UpstreamSsl extends SslContextFactory.Client implements SslEngineFactory {

    /// Marks what a request demands of its connection. The client keeps connections of different
    /// marks apart.
    ///
    /// @param settings null for the gateway's own
    /// @param serverName what the upstream is asked for, and has to prove to be
    record Mark(@Nullable UpstreamSsl settings, String serverName) {

        /// Null where the client would do the same without a mark.
        static @Nullable Mark of(@Nullable UpstreamSsl settings, UpstreamAddress address) {
            return !address.scheme().equals("https")
                            || (settings == null && address.serverName().equals(address.host()))
                    ? null
                    : new Mark(settings, address.serverName());
        }

        static @Nullable Mark on(Destination destination) {
            return destination.getOrigin().getTag() instanceof Mark mark ? mark : null;
        }
    }

    /// The gateway's own settings: an upstream has to prove who it is to the Java runtime's
    /// authorities. The client that it is given to starts it.
    UpstreamSsl() {}

    /// A service's settings.
    UpstreamSsl(UpstreamTls settings) {
        setSslContext(settings.context());
        if (!settings.verify()) {
            setEndpointIdentificationAlgorithm(null);
        }
        try {
            start();
        } catch (Exception e) {
            throw new IllegalStateException("the TLS settings of an upstream do not fit", e);
        }
    }

    /// @param host the address, which may be one machine of many that share a name
    @Override
    public SSLEngine newSslEngine(String host, int port, Map<String, Object> context) {
        Mark mark =
                context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                        ? Mark.on(destination)
                        : null;
        return newSSLEngine(mark == null ? host : mark.serverName(), port);
    }
}
