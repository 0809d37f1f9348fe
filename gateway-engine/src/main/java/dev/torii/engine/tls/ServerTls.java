package dev.torii.engine.tls;

import dev.torii.engine.store.ConfigSnapshot;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The TLS of the proxy's own port. A change of certificates makes a new context, so that the next
/// handshake, also of a client that would resume an older session, sees them.
public final class ServerTls {

    /// Clients are not asked for certificates, so none has to be trusted.
    private static final TrustManager[] NOBODY = {};

    private final LocalCertificate local;
    private volatile SSLContext current;

    /// @param local shown for names that no configured certificate is for
    public ServerTls(LocalCertificate local) {
        this.local = local;
        this.current = context(List.of());
    }

    /// Puts a snapshot's certificates in force.
    public void apply(ConfigSnapshot snapshot) {
        current = context(NamedCertificate.of(snapshot));
    }

    private SSLContext context(List<NamedCertificate> certificates) {
        var keys = new SniKeyManager(new ServerCertificates(certificates, local.certificate()));
        return Contexts.of(keys, NOBODY);
    }

    /// For the next handshake.
    public SSLContext context() {
        return current;
    }
}
