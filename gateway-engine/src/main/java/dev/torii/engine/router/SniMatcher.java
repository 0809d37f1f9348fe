package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.TlsSession;
import java.util.List;
import java.util.Locale;

/// A route's `snis`: plain names, and names with a wildcard as first or last label. They are asked
/// for only where the client speaks TLS.
final class SniMatcher {

    private record Rule(String prefix, String suffix, boolean exact) {

        static Rule of(String sni) {
            String name = normal(sni);
            if (name.startsWith("*")) {
                return new Rule("", name.substring(1), false);
            }
            if (name.endsWith("*")) {
                return new Rule(name.substring(0, name.length() - 1), "", false);
            }
            return new Rule(name, "", true);
        }

        boolean matches(String name) {
            return exact
                    ? name.equals(prefix)
                    : name.length() > prefix.length() + suffix.length()
                            && name.startsWith(prefix)
                            && name.endsWith(suffix);
        }
    }

    private final List<Rule> rules;

    SniMatcher(List<String> snis) {
        rules = snis.stream().map(Rule::of).toList();
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
        for (Rule rule : rules) {
            if (rule.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /// In lower case, without the dot of the root.
    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
