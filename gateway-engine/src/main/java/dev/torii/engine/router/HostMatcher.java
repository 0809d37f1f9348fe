package dev.torii.engine.router;

import dev.torii.engine.exchange.ClientRequest;
import java.util.List;

/// A route's `hosts`: plain names, and names with one wildcard as first or last label, each with or
/// without a port.
final class HostMatcher {

    private record Rule(NamePattern pattern, int port) {

        static Rule of(String host) {
            int colon = colon(host);
            int port = colon > 0 ? Integer.parseInt(host.substring(colon + 1)) : 0;
            return new Rule(NamePattern.of(name(host)), port);
        }

        boolean matches(String name, int requestPort) {
            return (port == 0 || port == requestPort) && pattern.matches(name);
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
        return rules.stream().map(rule -> rule.pattern().prefix()).distinct().toList();
    }

    /// Whether no host has a wildcard.
    boolean plain() {
        return rules.stream().allMatch(rule -> rule.pattern().exact());
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
