package dev.torii.engine.proxy;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.HeaderEdits;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.model.api.Product;
import dev.torii.model.llm.Operation;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Which headers pass, in both directions. Source: Kong's proxy reference; RFC 9110, 7.6.1 for
/// hop-by-hop headers.
final class HeaderPolicy {

    private static final String VIA = "1.1 " + Product.SERVER_TOKEN;

    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "proxy",
                    "te",
                    "trailer",
                    "expect",
                    "transfer-encoding",
                    "upgrade");

    /// What a client may have put its own key into, and what belongs to that key or to its browser.
    /// None of it concerns a provider.
    private static final Set<String> CLIENT_ONLY =
            Set.of(
                    "authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "openai-organization",
                    "openai-project",
                    "cookie",
                    "origin",
                    "referer");

    /// How headers begin that are part of Amazon's signatures, which vouch for a client's own call
    /// and for no other.
    private static final String SIGNATURE = "x-amz-";

    /// What belongs to a provider's own site and account, and to the connection to it.
    private static final Set<String> PROVIDER_ONLY =
            Set.of(
                    "set-cookie",
                    "alt-svc",
                    "cf-ray",
                    "cf-cache-status",
                    "openai-organization",
                    "openai-project",
                    "anthropic-organization-id",
                    "strict-transport-security");

    /// How the names of headers begin that one vendor's clients send, and others do not understand.
    private static final List<String> VENDORS =
            List.of(
                    "anthropic-",
                    "openai-",
                    "x-goog-",
                    "x-amz",
                    "x-stainless-",
                    "x-codex-",
                    "x-claude-code-",
                    "x-app");

    /// What auth plugins tell a service about the consumer.
    private static final List<String> CONSUMER =
            List.of(
                    "X-Consumer-ID",
                    "X-Consumer-Custom-ID",
                    "X-Consumer-Username",
                    "X-Credential-Identifier",
                    "X-Anonymous-Consumer");

    /// Set anew for each call; the client's own value must not survive beside it.
    private static final Set<String> SET_HERE =
            Set.of(
                    "host",
                    "via",
                    "x-forwarded-for",
                    "x-forwarded-proto",
                    "x-forwarded-host",
                    "x-forwarded-port",
                    "x-forwarded-path",
                    "x-forwarded-prefix",
                    "x-real-ip",
                    "x-kong-request-id");

    private HeaderPolicy() {}

    /// How often a request has come through a gateway such as this.
    static int passes(HttpFields fields) {
        if (!fields.contains(HttpHeader.VIA)) {
            return 0;
        }
        return Collections.frequency(fields.getCSV(HttpHeader.VIA, false), VIA);
    }

    /// Fills the headers of a call to the route's service.
    static void toService(
            HttpFields.Mutable to,
            JettyClientRequest from,
            Exchange exchange,
            UpstreamAddress address) {
        copy(to, from.fields(), _ -> false);
        addForwarded(to, from, exchange, address);
        edit(to, exchange.upstreamHeaders());
    }

    /// Fills the headers of a call to a provider. The client's credentials stay here.
    static void toProvider(
            HttpFields.Mutable to,
            JettyClientRequest from,
            Exchange exchange,
            UpstreamAddress address,
            LlmCall call) {
        LlmTarget.Auth auth = call.target().auth();
        boolean clientKeyAllowed = auth != null && auth.allowOverride();
        copy(
                to,
                from.fields(),
                name ->
                        (!clientKeyAllowed && CLIENT_ONLY.contains(name))
                                || name.startsWith(SIGNATURE)
                                || (call.translated() && ofVendor(name)));
        exchange.secretNames().forEach(to::remove);
        to.remove(HttpHeader.CONTENT_LENGTH);
        // What came compressed was taken apart to be read.
        to.remove(HttpHeader.CONTENT_ENCODING);
        to.put(HttpHeader.HOST, address.hostHeader());
        if (call.client().operation() != Operation.PASS) {
            to.put(HttpHeader.CONTENT_TYPE, "application/json");
        }
        // A compressed answer could not be read along.
        to.put(HttpHeader.ACCEPT_ENCODING, "identity");
        // Of the client's own, only what shows that a request goes in circles.
        to.put(
                HttpHeader.VIA,
                String.join(", ", Collections.nCopies(passes(from.fields()) + 1, VIA)));
        to.put("X-Kong-Request-Id", exchange.id());
        edit(to, exchange.upstreamHeaders());
        // Who asks is the gateway's knowledge, not the provider's.
        CONSUMER.forEach(to::remove);
        String name = auth == null ? null : auth.headerName();
        if (auth != null
                && name != null
                && auth.headerValue() != null
                && !(auth.allowOverride() && to.contains(name))) {
            to.put(name, credential(name, auth.headerValue().reveal()));
        }
    }

    /// No `Authorization` is a single word: what is one is a key without its scheme, as vendors'
    /// variables and this gateway's vault have it.
    private static String credential(String header, String value) {
        boolean bare = header.equalsIgnoreCase("authorization") && value.indexOf(' ') < 0;
        return bare ? "Bearer " + value : value;
    }

    private static boolean ofVendor(String name) {
        for (String vendor : VENDORS) {
            if (name.startsWith(vendor)) {
                return true;
            }
        }
        return false;
    }

    private static void copy(HttpFields.Mutable to, HttpFields from, Predicate<String> left) {
        Set<String> listed = listedByConnection(from);
        for (HttpField field : from) {
            String name = field.getLowerCaseName();
            if (!HOP_BY_HOP.contains(name)
                    && !SET_HERE.contains(name)
                    && !listed.contains(name)
                    && !left.test(name)) {
                to.add(field);
            }
        }
    }

    private static Set<String> listedByConnection(HttpFields fields) {
        if (!fields.contains(HttpHeader.CONNECTION)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String name : fields.getCSV(HttpHeader.CONNECTION, false)) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static void addForwarded(
            HttpFields.Mutable to,
            JettyClientRequest from,
            Exchange exchange,
            UpstreamAddress address) {
        to.put(HttpHeader.HOST, address.hostHeader());
        HttpFields sent = from.fields();
        to.put(HttpHeader.VIA, appended(sent, HttpHeader.VIA, VIA));
        to.put(
                HttpHeader.X_FORWARDED_FOR,
                appended(sent, HttpHeader.X_FORWARDED_FOR, from.clientIp()));
        to.put(HttpHeader.X_FORWARDED_PROTO, from.scheme());
        to.put(HttpHeader.X_FORWARDED_HOST, hostWithoutPort(from.hostHeader()));
        to.put("X-Forwarded-Port", Integer.toString(from.localPort()));
        to.put("X-Forwarded-Path", from.path());
        MatchedRoute match = exchange.match();
        if (match != null && match.route().stripPath() && match.matchedPath().length() > 1) {
            to.put("X-Forwarded-Prefix", match.matchedPath());
        }
        to.put("X-Real-IP", from.clientIp());
        to.put("X-Kong-Request-Id", exchange.id());
        if (sent.contains(HttpHeader.TE, "trailers")) {
            to.put(HttpHeader.TE, "trailers");
        }
    }

    /// The values of all fields of a name, and one more.
    private static String appended(HttpFields fields, HttpHeader name, String last) {
        return fields.contains(name)
                ? String.join(", ", fields.getValuesList(name)) + ", " + last
                : last;
    }

    private static String hostWithoutPort(String host) {
        int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.lastIndexOf(':');
        return colon > 0 ? host.substring(0, colon) : host;
    }

    private static void edit(HttpFields.Mutable to, HeaderEdits edits) {
        edits.asMap()
                .forEach((name, value) -> {
                    if (value == null) {
                        to.remove(name);
                    } else {
                        to.put(name, value);
                    }
                });
    }

    /// Fills the headers of an answer that comes from upstream.
    ///
    /// @param rewritten the body's length or encoding may differ from the upstream's
    static void toClient(
            HttpFields.Mutable to, HttpFields from, Exchange exchange, boolean rewritten) {
        Set<String> listed = listedByConnection(from);
        for (HttpField field : from) {
            String name = field.getLowerCaseName();
            if (HOP_BY_HOP.contains(name)
                    || listed.contains(name)
                    || (rewritten && name.equals("content-length"))) {
                continue;
            }
            if (exchange.llm() != null && PROVIDER_ONLY.contains(name)) {
                continue;
            }
            if (field.getHeader() == HttpHeader.DATE) {
                // In place of the one that the server has set already.
                to.put(field);
            } else {
                to.add(field);
            }
        }
        if (!to.contains(HttpHeader.SERVER)) {
            to.put(HttpHeader.SERVER, Product.SERVER_TOKEN);
        }
        to.put(HttpHeader.VIA, appended(from, HttpHeader.VIA, VIA));
        to.put(
                "X-Kong-Upstream-Latency",
                Long.toString(Math.max(0, exchange.timings().upstreamMillis())));
        to.put("X-Kong-Proxy-Latency", Long.toString(exchange.timings().gatewayMillis()));
        to.put("X-Kong-Request-Id", exchange.id());
        edit(to, exchange.responseHeaders());
    }

    /// Fills the headers of an answer of the gateway's own.
    static void ownAnswer(
            HttpFields.Mutable to, ErrorRenderer.Rendered answer, Exchange exchange, long nanos) {
        answer.headers().forEach(to::put);
        to.put(HttpHeader.SERVER, Product.SERVER_TOKEN);
        to.put("X-Kong-Response-Latency", Long.toString(exchange.timings().elapsedMillis(nanos)));
        to.put("X-Kong-Request-Id", exchange.id());
        edit(to, exchange.responseHeaders());
    }
}
