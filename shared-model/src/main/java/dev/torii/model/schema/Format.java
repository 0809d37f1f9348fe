package dev.torii.model.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The named rules that a string field may follow; in JSON `"format": "host"`, and for two of them
/// also `"uuid": true` and `"is_regex": true`.
public enum Format {
    UUID,
    HOST,
    PATH,
    URL,
    HTTP_METHOD,
    HEADER_NAME,
    UTF8_NAME,
    TAG,
    ROUTE_HOST,
    ROUTE_PATH,
    ROUTE_HEADER,
    WILDCARD_HOST,
    SNI,
    HOST_WITH_PORT,
    UPSTREAM_NAME,
    TARGET,
    COOKIE_NAME,
    IP_OR_CIDR,
    REGEX,
    FILE_NAME;

    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]+");

    /// Whether the text has the shape of a UUID.
    public static boolean isUuid(String text) {
        return UUID_SHAPE.matcher(text).matches();
    }

    /// What is wrong with the value, in Kong's words; null when it follows the rule.
    public @Nullable String problem(String value) {
        return switch (this) {
            case UUID -> isUuid(value) ? null : "expected a valid UUID";
            case HOST -> Hosts.problem(value);
            case ROUTE_HOST -> Hosts.routeHostProblem(value);
            case WILDCARD_HOST -> Hosts.wildcardProblem(value);
            case SNI -> Hosts.sniProblem(value);
            case HOST_WITH_PORT -> HostPort.parse(value) == null ? "invalid value: " + value : null;
            case UPSTREAM_NAME -> Hosts.upstreamNameProblem(value);
            case TARGET ->
                    HostPort.parse(value) == null
                            ? "Invalid target ('" + value + "'); not a valid hostname or ip address"
                            : null;
            case COOKIE_NAME ->
                    TOKEN.matcher(value).matches()
                            ? null
                            : "contains one or more invalid characters. ASCII control characters"
                                    + " (0-31;127), space, tab and the characters"
                                    + " ()<>@,;:\\\"/?={}[] are not allowed.";
            case IP_OR_CIDR -> Hosts.ipOrCidrProblem(value);
            case PATH -> UrlPaths.problem(value);
            case ROUTE_PATH -> UrlPaths.routePathProblem(value);
            case ROUTE_HEADER -> UrlPaths.routeHeaderProblem(value);
            case URL -> urlProblem(value);
            case HTTP_METHOD -> METHOD.matcher(value).matches() ? null : "invalid value: " + value;
            case HEADER_NAME ->
                    HEADER.matcher(value).matches()
                            ? null
                            : "bad header name '"
                                    + value
                                    + "', allowed characters are A-Z, a-z, 0-9, '_', and '-'";
            case UTF8_NAME -> nameProblem(value);
            case TAG -> tagProblem(value);
            case REGEX -> compiles(value) ? null : "not a valid regex: " + value;
            case FILE_NAME -> fileNameProblem(value);
        };
    }

    static boolean compiles(String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static @Nullable String urlProblem(String value) {
        try {
            URI uri = new URI(value);
            if (uri.getHost() == null) {
                return "missing host in url";
            }
            return uri.getScheme() == null ? "missing scheme in url" : null;
        } catch (URISyntaxException e) {
            return "could not parse url. " + e.getReason();
        }
    }

    private static @Nullable String nameProblem(String value) {
        boolean fine =
                value.codePoints()
                        .allMatch(c ->
                                c < 0x80
                                        ? Ascii.alphanumeric(c) || ".-_~".indexOf(c) >= 0
                                        : printable(c));
        return fine
                ? null
                : "invalid value '"
                        + value
                        + "': the only accepted ascii characters are alphanumerics or ., -, _, and"
                        + " ~";
    }

    private static @Nullable String tagProblem(String value) {
        boolean fine =
                value.codePoints()
                        .allMatch(c ->
                                c < 0x80
                                        ? c >= 0x20 && c < 0x7f && c != ',' && c != '/'
                                        : printable(c));
        return fine
                ? null
                : "invalid tag '"
                        + value
                        + "': expected printable ascii (except `,` and `/`) or valid utf-8"
                        + " sequences";
    }

    /// A lone surrogate is no character: it cannot be written as UTF-8.
    private static boolean printable(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }

    private static @Nullable String fileNameProblem(String value) {
        boolean fine =
                value.chars().allMatch(c -> c >= 0x20 && c != 0x7f) && !value.strip().isEmpty();
        return fine ? null : "not a valid filename";
    }
}
