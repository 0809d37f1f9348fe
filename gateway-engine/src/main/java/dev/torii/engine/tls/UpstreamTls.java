package dev.torii.engine.tls;

import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.Ref;
import dev.torii.model.config.Service;
import dev.torii.model.config.Upstream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the gateway shows itself to an upstream, and whom it believes there. Two services with equal
/// settings share their connections.
///
/// @param verify whether the upstream has to prove who it is
/// @param depth how many authorities may stand between its certificate and a trusted one; null for
///   the Java runtime's limit
/// @param authorities certificates of those to trust, in PEM; null for those that the Java runtime
///   trusts
/// @param own shown to an upstream that asks for one
public record UpstreamTls(
        boolean verify,
        @Nullable Integer depth,
        @Nullable List<String> authorities,
        @Nullable PemPair own) {

    /// What holds for a service that says nothing.
    private static final UpstreamTls USUAL = new UpstreamTls(true, null, null, null);

    private static final Logger log = LoggerFactory.getLogger(UpstreamTls.class);

    public UpstreamTls {
        authorities = authorities == null ? null : List.copyOf(authorities);
    }

    /// The settings of the services that have some, by the service's id. A service without a client
    /// certificate shows that of the upstream that it names.
    public static Map<String, UpstreamTls> ofServices(ConfigSnapshot snapshot) {
        Map<String, String> trusted = new HashMap<>();
        snapshot.caCertificates().forEach(each -> trusted.put(each.id(), each.cert()));
        Map<String, PemPair> shown = new HashMap<>();
        snapshot.certificates()
                .forEach(each -> shown.put(each.id(), new PemPair(each.cert(), each.key())));
        Map<String, Ref> ofUpstreams = new HashMap<>();
        for (Upstream upstream : snapshot.upstreams()) {
            if (upstream.clientCertificate() != null) {
                ofUpstreams.put(upstream.name(), upstream.clientCertificate());
            }
        }
        Map<String, UpstreamTls> all = new HashMap<>();
        for (Service service : snapshot.services()) {
            if (service.protocol().equals("https")) {
                Ref own = service.clientCertificate();
                UpstreamTls tls =
                        of(
                                service,
                                trusted,
                                shown,
                                own == null ? ofUpstreams.get(service.host()) : own);
                if (!tls.equals(USUAL)) {
                    all.put(service.id(), tls);
                }
            }
        }
        return all;
    }

    private static UpstreamTls of(
            Service service,
            Map<String, String> trusted,
            Map<String, PemPair> shown,
            @Nullable Ref own) {
        List<String> authorities = service.caCertificates();
        return new UpstreamTls(
                service.tlsVerify() == null || service.tlsVerify(),
                service.tlsVerifyDepth(),
                authorities == null || authorities.isEmpty()
                        ? null
                        : authorities.stream()
                                .filter(trusted::containsKey)
                                .map(trusted::get)
                                .toList(),
                own == null ? null : shown.get(own.id()));
    }

    /// Makes the context; nothing that the settings demand is left out silently. Without a readable
    /// authority nothing is trusted, and without a readable certificate none is shown.
    public SSLContext context() {
        return Contexts.of(ownKey(), trust());
    }

    private @Nullable OwnKeyManager ownKey() {
        if (own == null) {
            return null;
        }
        try {
            return new OwnKeyManager(KeyedCertificate.of(own));
        } catch (PemException e) {
            log.atWarn().log("a client certificate is not shown to upstreams: {}", e.getMessage());
            return null;
        }
    }

    private TrustManager[] trust() {
        if (!verify) {
            return new TrustManager[] {new TrustAll()};
        }
        if (authorities == null) {
            return new TrustManager[] {Trust.of(null, depth)};
        }
        List<X509Certificate> trusted = new ArrayList<>();
        for (String pem : authorities) {
            try {
                trusted.addAll(Pem.certificates(pem));
            } catch (PemException e) {
                log.atWarn().log("a CA certificate is not trusted: {}", e.getMessage());
            }
        }
        return new TrustManager[] {Trust.of(trusted, depth)};
    }
}
