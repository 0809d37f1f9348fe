package dev.torii.engine.proxy;

import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// HTTP/1.1 to upstreams, each with the TLS settings that its requests are marked with.
final class UpstreamTransport extends HttpClientTransportOverHTTP {

    UpstreamTransport(ClientConnector connector) {
        super(connector);
        // Listeners only compute, so they run on the selector that read the bytes: no hand-over to
        // another thread.
        setInvocationType(InvocationType.NON_BLOCKING);
        connector.setSslContextFactory(new UpstreamSsl());
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new HttpDestination(getHttpClient(), origin) {
            @Override
            public SslContextFactory.Client resolveSslContextFactory() {
                UpstreamSsl.Mark mark = UpstreamSsl.Mark.on(this);
                return mark == null || mark.settings() == null
                        ? super.resolveSslContextFactory()
                        : mark.settings();
            }
        };
    }
}
