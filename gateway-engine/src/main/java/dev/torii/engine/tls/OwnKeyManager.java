package dev.torii.engine.tls;

import java.security.Principal;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Shows an upstream the one certificate there is. Which authorities the upstream lists does not
/// matter: whether the certificate will do is for it to say.
final class OwnKeyManager extends AliasKeyManager {

    private final KeyedCertificate own;

    OwnKeyManager(KeyedCertificate own) {
        super(Map.of(own.alias(), own));
        this.own = own;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return Stream.of(keyTypes).anyMatch(own::hasKeyType) ? own.alias() : null;
    }
}
