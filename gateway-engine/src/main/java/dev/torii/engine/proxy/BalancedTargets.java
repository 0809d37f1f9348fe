package dev.torii.engine.proxy;

import dev.torii.engine.balancer.Balancer;
import dev.torii.engine.balancer.TargetAddress;
import dev.torii.engine.balancer.Tries;
import dev.torii.engine.exchange.GatewayError;
import org.jspecify.annotations.Nullable;

/// The targets of an upstream, in the order that its balancer gives a call.
///
/// @param address the call's, where the upstream's name stands for the host
/// @param keepsHost whether the targets see the client's own `Host`
record BalancedTargets(Balancer balancer, Tries tries, UpstreamAddress address, boolean keepsHost)
        implements Targets {

    @Override
    public @Nullable UpstreamAddress next() {
        TargetAddress target = tries.next();
        return target == null
                ? null
                : address.at(
                        target,
                        serverName(target),
                        keepsHost ? address.hostHeader() : host(target));
    }

    /// The target's own name, unless the upstream has one for all of them.
    private String serverName(TargetAddress target) {
        String host = balancer.hostHeader();
        return host == null ? target.host() : host.replaceFirst(":\\d+$", "");
    }

    private String host(TargetAddress target) {
        String host = balancer.hostHeader();
        return host != null && host.indexOf(':') >= 0
                ? host
                : UpstreamAddress.hostHeader(
                        address.scheme(), host == null ? target.host() : host, target.port());
    }

    @Override
    public @Nullable String setCookie() {
        return tries.setCookie();
    }

    @Override
    public void answered(int status) {
        tries.answered(status);
    }

    @Override
    public void failed(GatewayError error) {
        // A queue that is full says something of the gateway, not of the target.
        if (!(error instanceof GatewayError.Overloaded)) {
            tries.failed(error instanceof GatewayError.UpstreamTimeout);
        }
    }

    @Override
    public void over() {
        tries.over();
    }
}
