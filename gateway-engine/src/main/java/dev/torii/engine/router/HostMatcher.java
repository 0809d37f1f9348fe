package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import java.util.List;

/// A route's `hosts`: plain names, and names with one wildcard as first or last label, each with or
/// without a port.
final class HostMatcher {

    private record Rule(String prefix, String suffix, boolean exact, int port) {

        static Rule of(String host) {
            int colon = colon(host);
            int port = colon > 0 ? Integer.parseInt(host.substring(colon + 1)) : 0;
            String name = name(host);
            if (name.startsWith("*")) {
                return new Rule("", name.substring(1), false, port);
            }
            if (name.endsWith("*")) {
                return new Rule(name.substring(0, name.length() - 1), "", false, port);
            }
            return new Rule(name, "", true, port);
        }

        boolean matches(String name, int requestPort) {
            if (port != 0 && port != requestPort) {
                return false;
            }
            return exact
                    ? name.equals(prefix)
                    : name.length() > prefix.length() + suffix.length()
                            && name.startsWith(prefix)
                            && name.endsWith(suffix);
        }
    }

    private final List<Rule> rules;

    HostMatcher(List<String> hosts) {
        rules = hosts.stream().map(Rule::of).toList();
    }

    /// A host without its port.
    static String name(String host) {
        int colon = colon(host);
        return colon > 0 ? host.substring(0, colon) : host;
    }

    private static int colon(String host) {
        return host.startsWith("[") ? host.indexOf("]:") + 1 : host.lastIndexOf(':');
    }

    /// Of plain hosts, each name once.
    List<String> names() {
        return rules.stream().map(Rule::prefix).distinct().toList();
    }

    /// Whether no host has a wildcard.
    boolean plain() {
        return rules.stream().allMatch(Rule::exact);
    }

    boolean matches(ClientRequest request) {
        String host = request.hostHeader();
        int colon = colon(host);
        String name = name(host);
        int port = request.localPort();
        if (colon > 0) {
            try {
                port = Integer.parseInt(host.substring(colon + 1));
            } catch (NumberFormatException e) {
                return false;
            }
        }
        for (Rule rule : rules) {
            if (rule.matches(name, port)) {
                return true;
            }
        }
        return false;
    }
}
