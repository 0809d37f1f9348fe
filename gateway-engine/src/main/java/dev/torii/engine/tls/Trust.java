package dev.torii.engine.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes the JDK check an upstream's chain against chosen authorities.
final class Trust {

    private Trust() {}

    /// @param authorities null for those that the Java runtime trusts; none trusts nobody
    /// @param depth the most authorities between the upstream's certificate and one of these; null
    ///   for the JDK's limit
    static TrustManager of(@Nullable List<X509Certificate> authorities, @Nullable Integer depth) {
        if (authorities != null && authorities.isEmpty()) {
            return new TrustNone();
        }
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(authorities == null ? null : store(authorities));
            X509ExtendedTrustManager checked =
                    Arrays.stream(factory.getTrustManagers())
                            .filter(X509ExtendedTrustManager.class::isInstance)
                            .map(X509ExtendedTrustManager.class::cast)
                            .findFirst()
                            .orElseThrow();
            return depth == null ? checked : new DepthLimit(checked, depth);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime checks no certificates", e);
        }
    }

    private static KeyStore store(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), authorities.get(i));
        }
        return store;
    }
}
