package dev.torii.engine.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// Which web pages may call the admin port, and change anything at the status port: those of the
/// origins that were given at the start, and when none was, those of this machine.
final class AllowedPages {

    private static final Pattern LOOPBACK_V4 =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private final List<WebOrigin> origins;

    AllowedPages(List<WebOrigin> origins) {
        this.origins = List.copyOf(origins);
    }

    /// Why the page that this request comes from may not send it; null when it may, or when no page
    /// sent it.
    @Nullable String fault(Request request) {
        List<String> given = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        for (String origin : given) {
            if (!allows(origin)) {
                return "this port takes no requests from web pages of other sites: Origin '"
                        + origin
                        + (origins.isEmpty()
                                ? "' is not on this machine; a page elsewhere is allowed with"
                                        + " --manager-origin"
                                : "' is none of those that --manager-origin names");
            }
        }
        if (!given.isEmpty() && !origins.isEmpty()) {
            // Named origins are other sites as a rule.
            return null;
        }
        for (String site : request.getHeaders().getValuesList("Sec-Fetch-Site")) {
            if (site.strip().equalsIgnoreCase("cross-site")) {
                return "this port takes no requests from web pages of other sites"
                        + " (Sec-Fetch-Site: cross-site)";
            }
        }
        return null;
    }

    /// Tells the browser which page may read the answer.
    ///
    /// @param refused whether the page is none of those that may: where any page of this machine
    ///   may, it is told nothing then
    void tell(Request request, Response response, boolean refused) {
        HttpFields.Mutable headers = response.getHeaders();
        // Caches keep the answers to different pages apart.
        headers.add(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
        String asking = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origins.isEmpty()) {
            if (refused) {
                return;
            }
            headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, asking == null ? "*" : asking);
        } else {
            headers.put(
                    HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN,
                    asking != null && allows(asking) ? asking : origins.getFirst().text());
        }
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }

    private boolean allows(String origin) {
        return origins.isEmpty()
                ? isLoopback(hostIn(origin))
                : WebOrigin.parse(origin).filter(origins::contains).isPresent();
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || LOOPBACK_V4.matcher(name).matches();
    }

    /// Empty for `null` (a sandboxed page) and for what is no origin.
    private static String hostIn(String origin) {
        try {
            String host = new URI(origin.strip()).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
