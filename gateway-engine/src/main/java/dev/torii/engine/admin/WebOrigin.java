package dev.torii.engine.admin;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a web page comes from, as browsers say it in `Origin`: scheme, host and port. Two that
/// mean the same place are equal.
///
/// @param text in lower case, without the port that its scheme has anyway
public record WebOrigin(String text) {

    private static final Pattern ORIGIN =
            Pattern.compile(
                    "(https?)://([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");

    private static final int HIGHEST_PORT = 65_535;

    /// Reads `scheme://host[:port]`; empty for anything that is less or more than that.
    public static Optional<WebOrigin> parse(String text) {
        Matcher parts = ORIGIN.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = parts.group(3) == null ? usual : Integer.parseInt(parts.group(3));
        String host = host(parts.group(2));
        if (port < 1 || port > HIGHEST_PORT || host == null) {
            return Optional.empty();
        }
        return Optional.of(
                new WebOrigin(scheme + "://" + host + (port == usual ? "" : ":" + port)));
    }

    /// An IPv6 address in one of its many spellings; null for one that is none.
    private static @Nullable String host(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        try {
            return "["
                    + Inet6Address.ofLiteral(host.substring(1, host.length() - 1)).getHostAddress()
                    + "]";
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
