package dev.torii.engine.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says in words why a handshake with an upstream failed.
public final class TlsFailure {

    /// The reason when the connection ended before the request was out, with no word on why. Who
    /// does not speak TLS may be found out by the one who reads, and this is all that the one who
    /// writes sees.
    public static final String HUNG_UP =
            "the connection ended before the request was out; check the service's protocol and port";

    private static final int MOST_CAUSES = 16;

    private TlsFailure() {}

    /// The reason as half a sentence about the upstream; null when the failure is none of TLS.
    public static @Nullable String reason(Throwable failure) {
        boolean tls = false;
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            String reason = ofCause(cause);
            if (reason != null) {
                return reason;
            }
            tls |= cause instanceof SSLException;
            cause = cause.getCause();
        }
        return tls ? ofHandshake(failure) : null;
    }

    private static @Nullable String ofCause(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException _ -> "its certificate has expired";
            case CertificateNotYetValidException _ -> "its certificate is not valid yet";
            case CertPathValidatorException invalid -> ofPath(invalid);
            case CertPathBuilderException _ ->
                    "its certificate is from an authority that is not trusted here, or that is further away than tls_verify_depth allows; add the authority to ca_certificates";
            case CertificateException wrong
                    when wrong.getClass() == CertificateException.class
                            && wrong.getCause() == null ->
                    "its certificate is for another name";
            default -> null;
        };
    }

    private static @Nullable String ofPath(CertPathValidatorException invalid) {
        return switch (invalid.getReason()) {
            case BasicReason.EXPIRED -> "its certificate, or one of its authorities', has expired";
            case BasicReason.NOT_YET_VALID -> "its certificate is not valid yet";
            case BasicReason.ALGORITHM_CONSTRAINED ->
                    "its certificate is signed or keyed too weakly";
            case PKIXReason.NO_TRUST_ANCHOR ->
                    "its certificate is from an authority that is not trusted here; add the authority to ca_certificates";
            case PKIXReason.PATH_TOO_LONG ->
                    "its certificate's authority is further away than tls_verify_depth allows";
            default -> null;
        };
    }

    private static String ofHandshake(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("certificate_required") || message.contains("bad_certificate")) {
            return "it wants a client certificate that it trusts; give the service a client_certificate";
        }
        if (message.contains("plaintext connection") || message.contains("Unrecognized")) {
            return "it does not speak TLS there; check the service's protocol and port";
        }
        return "it and the gateway did not agree on TLS";
    }
}
