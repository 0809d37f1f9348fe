package dev.torii.engine.tls;

import java.security.Principal;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Chooses the certificate that a client gets to see.
final class SniKeyManager extends AliasKeyManager {

    private final ServerCertificates certificates;

    SniKeyManager(ServerCertificates certificates) {
        super(certificates.byAlias());
        this.certificates = certificates;
    }

    /// Called for one key type after the other, the client's favourite first.
    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        String name = AskedName.of(engine);
        for (KeyedCertificate certificate : certificates.find(name)) {
            if (certificate.hasKeyType(keyType)) {
                return certificate.alias();
            }
        }
        return null;
    }
}
