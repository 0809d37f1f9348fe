package dev.torii.model.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of host names and addresses.
final class Hosts {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65535;

    private static final Pattern IPV4_SHAPE = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PORT = Pattern.compile("(.+):(\\d{1,5})");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\](?::(\\d{1,5}))?");

    private Hosts() {}

    /// A host name, an IPv4 or an IPv6 address (with or without brackets), without a port.
    static @Nullable String problem(String value) {
        if (isAddress(value)) {
            return null;
        }
        if (hasPort(value)) {
            return "must not have a port";
        }
        return isName(value) ? null : "invalid value: " + value;
    }

    /// What a route's `hosts` take: a host with an optional port, and one `*` as the leftmost or
    /// rightmost label.
    static @Nullable String routeHostProblem(String value) {
        var port = PORT.matcher(value);
        String name = value;
        if (!isIpv6(value) && port.matches()) {
            if (Integer.parseInt(port.group(2)) > MAX_PORT) {
                return "invalid value: " + value;
            }
            name = port.group(1);
        }
        if (name.indexOf('*') >= 0) {
            return wildcardOf(
                    name, "invalid wildcard: must be placed at leftmost or rightmost label");
        }
        return isAddress(name) || isName(name) ? null : "invalid value: " + value;
    }

    /// What `snis` take: a host name with at most one `*` at either end; no address and no port.
    static @Nullable String wildcardProblem(String value) {
        if (isAddress(value)) {
            return "must not be an IP";
        }
        if (hasPort(value)) {
            return "must not have a port";
        }
        if (value.indexOf('*') >= 0) {
            return wildcardOf(value, "wildcard must be leftmost or rightmost character");
        }
        return isName(value) ? null : "invalid value: " + value;
    }

    /// A host name alone, as TLS clients ask for.
    static @Nullable String sniProblem(String value) {
        return value.indexOf('*') >= 0 ? "invalid value: " + value : wildcardProblem(value);
    }

    /// A host name that services can name as their host.
    static @Nullable String upstreamNameProblem(String value) {
        HostPort name = HostPort.parse(value);
        String problem =
                name == null
                        ? "must be a valid hostname"
                        : name.kind() != HostPort.Kind.NAME
                                ? "no ip addresses allowed"
                                : name.port() != null ? "no port allowed" : null;
        return problem == null ? null : "Invalid name ('" + value + "'); " + problem;
    }

    static @Nullable String ipOrCidrProblem(String value) {
        int slash = value.indexOf('/');
        String address = slash < 0 ? value : value.substring(0, slash);
        boolean v4 = isIpv4(address);
        boolean fine = v4 || isIpv6(address);
        if (fine && slash >= 0) {
            String bits = value.substring(slash + 1);
            fine = bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= (v4 ? 32 : 128);
        }
        return fine ? null : "invalid ip or cidr range: '" + value + "'";
    }

    private static @Nullable String wildcardOf(String value, String misplaced) {
        if (value.indexOf('*') != value.lastIndexOf('*')) {
            return "only one wildcard must be specified";
        }
        String rest;
        if (value.startsWith("*.")) {
            rest = value.substring(2);
        } else if (value.endsWith(".*")) {
            rest = value.substring(0, value.length() - 2);
        } else {
            return misplaced;
        }
        return isName(rest) ? null : "invalid value: " + value;
    }

    private static boolean hasPort(String value) {
        var bracketed = BRACKETED.matcher(value);
        if (bracketed.matches()) {
            return bracketed.group(2) != null && isIpv6(bracketed.group(1));
        }
        var port = PORT.matcher(value);
        return port.matches() && (isName(port.group(1)) || isIpv4(port.group(1)));
    }

    static boolean isAddress(String value) {
        var bracketed = BRACKETED.matcher(value);
        if (bracketed.matches() && bracketed.group(2) == null) {
            return isIpv6(bracketed.group(1));
        }
        return isIpv4(value) || isIpv6(value);
    }

    static boolean isIpv4(String value) {
        if (!IPV4_SHAPE.matcher(value).matches()) {
            return false;
        }
        for (String part : value.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    static boolean isIpv6(String value) {
        if (value.indexOf(':') < 0 || value.indexOf(":::") >= 0) {
            return false;
        }
        int gap = value.indexOf("::");
        if (gap < 0) {
            return groups(value) == 8;
        }
        if (value.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = groups(value.substring(0, gap));
        int after = groups(value.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /// How many 16-bit groups the text is; negative when it is none. A trailing IPv4 address counts
    /// as two.
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && isIpv4(part)) {
                count += 2;
            } else if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(Ascii::hex)) {
                return Integer.MIN_VALUE;
            } else {
                count++;
            }
        }
        return count;
    }

    static boolean isName(String value) {
        String name = value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
        if (name.isEmpty() || name.length() > MAX_NAME || IPV4_SHAPE.matcher(name).matches()) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > MAX_LABEL
                    || label.startsWith("-")
                    || label.endsWith("-")
                    || !label.chars()
                            .allMatch(c -> Ascii.alphanumeric(c) || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }
}
