package dev.torii.engine.proxy;

import dev.torii.engine.balancer.TargetAddress;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.router.UpstreamPath;
import dev.torii.model.config.Service;

/// Where a request goes, down to the path.
///
/// @param serverName what an upstream that speaks TLS is asked for, and has to prove to be; never
///   the client's word
/// @param hostHeader the `Host` that the upstream sees
record UpstreamAddress(
        String scheme, String host, int port, String serverName, String path, String hostHeader)
        implements Targets {

    @Override
    public UpstreamAddress next() {
        return this;
    }

    /// What a log line calls it.
    String origin() {
        return scheme + "://" + host + ":" + port;
    }

    /// The route's service, with the path that `strip_path` leaves.
    static UpstreamAddress ofService(
            Service service, MatchedRoute match, String requestPath, String clientHost) {
        String scheme = service.protocol().equals("https") ? "https" : "http";
        String path =
                UpstreamPath.of(
                        service.path(),
                        requestPath,
                        match.matchedPath(),
                        match.route().stripPath());
        String host =
                match.route().preserveHost() && !clientHost.isEmpty()
                        ? clientHost
                        : hostHeader(scheme, service.host(), service.port());
        return new UpstreamAddress(
                scheme, service.host(), service.port(), service.host(), path, host);
    }

    /// A provider's endpoint; an endpoint without a path keeps `path`.
    static UpstreamAddress ofEndpoint(Endpoint endpoint, String path) {
        return new UpstreamAddress(
                endpoint.scheme(),
                endpoint.host(),
                endpoint.port(),
                endpoint.host(),
                endpoint.path().isEmpty() ? path : endpoint.path(),
                hostHeader(endpoint.scheme(), endpoint.host(), endpoint.port()));
    }

    /// The same at one of an upstream's targets.
    UpstreamAddress at(TargetAddress target, String serverName, String hostHeader) {
        return new UpstreamAddress(
                scheme, target.ip(), target.port(), serverName, path, hostHeader);
    }

    static String hostHeader(String scheme, String host, int port) {
        boolean usual = scheme.equals("https") ? port == 443 : port == 80;
        String named = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return usual ? named : named + ":" + port;
    }
}
