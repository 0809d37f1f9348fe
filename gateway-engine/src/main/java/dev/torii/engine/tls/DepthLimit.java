package dev.torii.engine.tls;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/// Refuses chains with more authorities between the upstream and a trusted one than are allowed;
/// the JDK has such a limit only for chains that it has to piece together.
final class DepthLimit extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager checked;
    private final int most;
    private final Set<X500Principal> trusted;

    DepthLimit(X509ExtendedTrustManager checked, int most) {
        this.checked = checked;
        this.most = most;
        this.trusted =
                Arrays.stream(checked.getAcceptedIssuers())
                        .map(X509Certificate::getSubjectX500Principal)
                        .collect(Collectors.toSet());
    }

    private void checkDepth(X509Certificate[] chain) throws CertificateException {
        int between = 0;
        while (between < chain.length
                && !trusted.contains(chain[between].getIssuerX500Principal())) {
            between++;
        }
        if (between > most) {
            throw new CertificateException(
                    new CertPathValidatorException(
                            "the path is too long", null, null, -1, PKIXReason.PATH_TOO_LONG));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checked.checkServerTrusted(chain, type, engine);
        checkDepth(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checked.checkServerTrusted(chain, type, socket);
        checkDepth(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        checked.checkServerTrusted(chain, type);
        checkDepth(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checked.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checked.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        checked.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checked.getAcceptedIssuers();
    }
}
