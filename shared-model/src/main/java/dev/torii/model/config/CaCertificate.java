package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An authority that services may trust.
///
/// @param cert one certificate, as PEM
/// @param certDigest SHA-256 of the certificate, in hex
public record CaCertificate(
        String id, String cert, String certDigest, @Nullable List<String> tags) {

    public CaCertificate {
        tags = tags == null ? null : List.copyOf(tags);
    }
}
