package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.TlsSession;
import java.util.List;
import java.util.Locale;

/// A route's `snis`: plain names, and names with a wildcard as first or last label. They are asked
/// for only where the client speaks TLS.
final class SniMatcher {

    private final List<NamePattern> patterns;

    SniMatcher(List<String> snis) {
        patterns = snis.stream().map(sni -> NamePattern.of(normal(sni))).toList();
    }

    boolean matches(ClientRequest request) {
        TlsSession tls = request.tls();
        if (tls == null) {
            return true;
        }
        String asked = tls.serverName();
        if (asked == null) {
            return false;
        }
        String name = normal(asked);
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /// In lower case, without the dot of the root.
    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
