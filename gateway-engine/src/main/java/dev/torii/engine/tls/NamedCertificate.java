package dev.torii.engine.tls;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.Certificate;
import dev.torii.model.config.Secret;
import dev.torii.model.config.Sni;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A configured certificate with the server names that it is for.
///
/// @param id of the entity
/// @param alternative one with a key of another type, for clients that cannot use the first
/// @param names plain, with `*` for the first or the last label, or `*` for whatever has no other
record NamedCertificate(
        String id, PemPair main, @Nullable PemPair alternative, List<String> names) {

    NamedCertificate {
        names = List.copyOf(names);
    }

    /// All that have a name; the others are shown to no client.
    static List<NamedCertificate> of(ConfigSnapshot snapshot) {
        Map<String, List<String>> names =
                snapshot.snis().stream()
                        .collect(
                                Collectors.groupingBy(
                                        sni -> sni.certificate().id(),
                                        Collectors.mapping(Sni::name, Collectors.toList())));
        return snapshot.certificates().stream()
                .filter(certificate -> names.containsKey(certificate.id()))
                .map(certificate ->
                        new NamedCertificate(
                                certificate.id(),
                                new PemPair(certificate.cert(), certificate.key()),
                                alternative(certificate),
                                names.getOrDefault(certificate.id(), List.of())))
                .toList();
    }

    private static @Nullable PemPair alternative(Certificate certificate) {
        String cert = certificate.certAlt();
        Secret key = certificate.keyAlt();
        return cert == null || key == null ? null : new PemPair(cert, key);
    }
}
