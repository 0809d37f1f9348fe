package dev.torii.engine.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/// Believes nobody: where authorities are demanded and none of them can be read.
final class TrustNone implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException(
                new CertPathValidatorException(
                        "no authority", null, null, -1, PKIXReason.NO_TRUST_ANCHOR));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
