package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An upstream that requests are sent to. Timeouts are milliseconds.
///
/// @param clientCertificate shown to an upstream that asks for one
/// @param tlsVerify whether the upstream's certificate is checked; null leaves it to the gateway
/// @param tlsVerifyDepth how many authorities may stand between the upstream's certificate and a
///   trusted one; null sets no limit of the service's own
/// @param caCertificates ids of the authorities to trust, in place of the system's
public record Service(
        String id,
        @Nullable String name,
        String protocol,
        String host,
        int port,
        @Nullable String path,
        int retries,
        int connectTimeout,
        int writeTimeout,
        int readTimeout,
        @Nullable Ref clientCertificate,
        @Nullable Boolean tlsVerify,
        @Nullable Integer tlsVerifyDepth,
        @Nullable List<String> caCertificates,
        boolean enabled,
        @Nullable List<String> tags) {

    public Service {
        caCertificates = caCertificates == null ? null : List.copyOf(caCertificates);
        tags = tags == null ? null : List.copyOf(tags);
    }

    /// The name, or the host where it has none: what metrics and lists show.
    public String label() {
        return name == null ? host : name;
    }
}
