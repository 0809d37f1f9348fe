package dev.torii.engine.proxy;

import dev.torii.engine.tls.AskedName;
import dev.torii.engine.tls.ServerTls;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Jetty's view of the proxy's TLS: each handshake takes the context that is in force then.
final class ProxySsl extends SslContextFactory.Server {

    private final ServerTls tls;

    ProxySsl(ServerTls tls) {
        this.tls = tls;
        setSslContext(tls.context());
        setIncludeProtocols("TLSv1.2", "TLSv1.3");
    }

    @Override
    public SSLParameters customize(SSLParameters parameters) {
        SSLParameters customized = super.customize(parameters);
        customized.setSNIMatchers(List.of(new AskedName()));
        return customized;
    }

    @Override
    public SSLContext getSslContext() {
        return tls.context();
    }
}
