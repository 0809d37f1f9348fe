package dev.torii.engine.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which certificates a client gets to see, by the server name that it asks for. Immutable.
final class ServerCertificates {

    private static final Logger log = LoggerFactory.getLogger(ServerCertificates.class);

    private static final String ANY = "*";

    private final Map<String, List<KeyedCertificate>> byName = new HashMap<>();
    private final Map<String, KeyedCertificate> byAlias = new HashMap<>();
    private final List<KeyedCertificate> local;

    /// Reads the certificates; one that cannot be read is left out, and the log says so.
    ///
    /// @param local for what no other is for
    ServerCertificates(List<NamedCertificate> certificates, KeyedCertificate local) {
        this.local = List.of(local);
        byAlias.put(local.alias(), local);
        for (NamedCertificate named : certificates) {
            List<KeyedCertificate> choices = new ArrayList<>();
            add(choices, named.main(), named.id());
            if (named.alternative() != null) {
                add(choices, named.alternative(), named.id());
            }
            if (!choices.isEmpty()) {
                named.names().forEach(name -> byName.put(name.toLowerCase(Locale.ROOT), choices));
            }
        }
    }

    private void add(List<KeyedCertificate> choices, PemPair pair, String id) {
        try {
            KeyedCertificate certificate = KeyedCertificate.of(pair);
            choices.add(certificate);
            byAlias.put(certificate.alias(), certificate);
        } catch (PemException e) {
            log.atWarn()
                    .addKeyValue("certificate", id)
                    .log("a certificate is not shown: {}", e.getMessage());
        }
    }

    Map<String, KeyedCertificate> byAlias() {
        return byAlias;
    }

    /// The certificates for a name, of which the client's abilities choose one: those of the name
    /// itself, then of its first, then of its last label under a wildcard, then of `*`.
    List<KeyedCertificate> find(@Nullable String serverName) {
        List<KeyedCertificate> found = null;
        if (serverName != null) {
            String name = serverName.toLowerCase(Locale.ROOT);
            found = byName.get(name);
            int first = name.indexOf('.');
            if (found == null && first > 0) {
                found = byName.get(ANY + name.substring(first));
                if (found == null) {
                    found = byName.get(name.substring(0, name.lastIndexOf('.') + 1) + ANY);
                }
            }
        }
        return found == null ? byName.getOrDefault(ANY, local) : found;
    }
}
