package dev.torii.engine.admin;

import java.util.Locale;
import java.util.Set;
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
/// sites shows in `Origin` and `Sec-Fetch-Site`. Tools send neither of the two. Which pages may
/// call [AllowedPages] knows.
final class AdminGuard extends Handler.Wrapper {

    private final Set<String> allowedHosts;
    private final AllowedPages pages;

    /// Stands in front of `guarded`.
    ///
    /// @param allowedHosts names other than the loopback ones that this port may be called by
    AdminGuard(Set<String> allowedHosts, AllowedPages pages, Handler guarded) {
        super(guarded);
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String fault = fault(request);
        pages.tell(request, response, fault != null);
        if (fault == null) {
            return super.handle(request, response, callback);
        }
        PageGuard.refuse(fault, response, callback);
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
        return pages.fault(request);
    }

    private static String foreignHost(String host) {
        return "the Admin API answers only under this machine's own names: Host '"
                + host
                + "' is none of them; use localhost or 127.0.0.1";
    }

    private boolean isOurs(String host) {
        return AllowedPages.isLoopback(host)
                || allowedHosts.contains(host.toLowerCase(Locale.ROOT));
    }

    /// Without the port.
    private static String hostOf(String hostHeader) {
        String host = hostHeader.strip();
        int bracket = host.lastIndexOf(']');
        int colon = host.lastIndexOf(':');
        return colon > bracket ? host.substring(0, colon) : host;
    }
}
