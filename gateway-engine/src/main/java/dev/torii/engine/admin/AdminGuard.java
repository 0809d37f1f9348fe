package dev.torii.engine.admin;

import dev.torii.model.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Keeps web pages away from the admin port: whoever reaches it owns the gateway, and any page in a
/// browser on this machine can send requests to it.
///
/// A page that has its own name point here (DNS rebinding) shows in `Host`; one that calls across
/// sites shows in `Origin` and `Sec-Fetch-Site`. Tools send neither of the two.
public final class AdminGuard extends Handler.Wrapper {

    private static final Pattern LOOPBACK_V4 =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private final Set<String> allowedHosts;

    /// Stands in front of `guarded`.
    ///
    /// @param allowedHosts names other than the loopback ones that this port may be called by
    public AdminGuard(Set<String> allowedHosts, Handler guarded) {
        super(guarded);
        this.allowedHosts = Set.copyOf(allowedHosts);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String fault = fault(request);
        if (fault == null) {
            return super.handle(request, response, callback);
        }
        response.setStatus(403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, KongHeaders.JSON);
        response.write(
                true, ByteBuffer.wrap(Json.bytes(Json.object().put("message", fault))), callback);
        return true;
    }

    private @Nullable String fault(Request request) {
        for (String host : request.getHeaders().getValuesList(HttpHeader.HOST)) {
            if (!isOurs(hostOf(host))) {
                return foreignHost(host);
            }
        }
        String asked = request.getHttpURI().getHost();
        if (asked != null && !isOurs(asked)) {
            return foreignHost(asked);
        }
        for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
            if (!isOurs(originHost(origin))) {
                return "the Admin API takes no requests from web pages of other sites: Origin '"
                        + origin
                        + "' is not on this machine";
            }
        }
        for (String site : request.getHeaders().getValuesList("Sec-Fetch-Site")) {
            if (site.strip().equalsIgnoreCase("cross-site")) {
                return "the Admin API takes no requests from web pages of other sites"
                        + " (Sec-Fetch-Site: cross-site)";
            }
        }
        return null;
    }

    private static String foreignHost(String host) {
        return "the Admin API answers only under this machine's own names: Host '"
                + host
                + "' is none of them; use localhost or 127.0.0.1";
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || LOOPBACK_V4.matcher(name).matches()
                || allowedHosts.contains(name);
    }

    /// Without the port.
    private static String hostOf(String hostHeader) {
        String host = hostHeader.strip();
        int bracket = host.lastIndexOf(']');
        int colon = host.lastIndexOf(':');
        return colon > bracket ? host.substring(0, colon) : host;
    }

    /// Empty for `null` (a sandboxed page) and for what is no origin.
    private static String originHost(String origin) {
        try {
            String host = new URI(origin.strip()).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
