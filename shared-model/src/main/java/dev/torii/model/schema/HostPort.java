package dev.torii.model.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A host with an optional port, `example.com:8080`, as upstreams and targets are named by.
///
/// @param host an IPv6 address is spelled out, in lower case and without brackets
/// @param port null where none was given
public record HostPort(Kind kind, String host, @Nullable Integer port) {

    /// What the host is.
    public enum Kind {
        NAME,
        IPV4,
        IPV6
    }

    private static final Pattern WITH_PORT = Pattern.compile("(.+):(\\d{1,5})");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\](?::(\\d{1,5}))?");
    private static final int MAX_PORT = 65535;
    private static final int GROUPS = 8;

    /// Null for a text that is neither a host name nor an address.
    public static @Nullable HostPort parse(String text) {
        var bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            String host = bracketed.group(1);
            return Hosts.isIpv6(host) ? of(Kind.IPV6, spelledOut(host), bracketed.group(2)) : null;
        }
        if (Hosts.isIpv6(text)) {
            return of(Kind.IPV6, spelledOut(text), null);
        }
        var withPort = WITH_PORT.matcher(text);
        boolean ported = withPort.matches();
        String host = ported ? withPort.group(1) : text;
        String port = ported ? withPort.group(2) : null;
        if (Hosts.isIpv4(host)) {
            return of(Kind.IPV4, withoutZeros(host), port);
        }
        return Hosts.isName(host) ? of(Kind.NAME, host, port) : null;
    }

    private static @Nullable HostPort of(Kind kind, String host, @Nullable String port) {
        Integer number = port == null ? null : Integer.valueOf(port);
        return number != null && number > MAX_PORT ? null : new HostPort(kind, host, number);
    }

    /// The text that stands for this host and port wherever they are compared.
    ///
    /// @param otherwise the port when there is none
    public String normal(int otherwise) {
        String shown = kind == Kind.IPV6 ? "[" + host + "]" : host;
        return shown + ":" + (port == null ? otherwise : port);
    }

    private static String withoutZeros(String ipv4) {
        return Pattern.compile("\\.")
                .splitAsStream(ipv4)
                .map(part -> Integer.toString(Integer.parseInt(part)))
                .collect(Collectors.joining("."));
    }

    private static String spelledOut(String ipv6) {
        int gap = ipv6.indexOf("::");
        List<String> groups = new ArrayList<>(groups(gap < 0 ? ipv6 : ipv6.substring(0, gap)));
        if (gap >= 0) {
            List<String> behind = groups(ipv6.substring(gap + 2));
            while (groups.size() + behind.size() < GROUPS) {
                groups.add("0000");
            }
            groups.addAll(behind);
        }
        return String.join(":", groups);
    }

    private static List<String> groups(String text) {
        List<String> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        for (String part : text.split(":", -1)) {
            if (part.contains(".")) {
                String[] bytes = part.split("\\.", -1);
                for (int i = 0; i < bytes.length; i += 2) {
                    groups.add(
                            "%02x%02x"
                                    .formatted(
                                            Integer.parseInt(bytes[i]),
                                            Integer.parseInt(bytes[i + 1])));
                }
            } else {
                groups.add("0".repeat(4 - part.length()) + part.toLowerCase(Locale.ROOT));
            }
        }
        return groups;
    }
}
