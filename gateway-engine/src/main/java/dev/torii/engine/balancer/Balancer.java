package dev.torii.engine.balancer;

import dev.torii.engine.exchange.Exchange;
import dev.torii.model.config.Upstream;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An upstream, ready for requests. Immutable: a change of the targets, of their addresses or of
/// their health makes another one, over the same peers.
public final class Balancer {

    private final Upstream upstream;
    private final Algorithm algorithm;
    private final boolean healthy;
    private final @Nullable Limits passive;
    private final HashKey hashOn;
    private final HashKey hashFallback;
    private final Consumer<Peer> onChange;
    private final LongSupplier nanos;

    /// @param healthy whether enough of the weight is; nobody is asked otherwise
    /// @param passive what traffic tells about the health; null where nothing is checked
    /// @param onChange told of a peer whose health has changed; it must not wait
    Balancer(
            Upstream upstream,
            Algorithm algorithm,
            boolean healthy,
            @Nullable Limits passive,
            Consumer<Peer> onChange,
            LongSupplier nanos) {
        this.upstream = upstream;
        this.algorithm = algorithm;
        this.healthy = healthy;
        this.passive = passive;
        this.hashOn = HashKey.first(upstream);
        this.hashFallback = HashKey.fallback(upstream);
        this.onChange = onChange;
        this.nanos = nanos;
    }

    /// The `Host` that targets see, where the upstream says one.
    public @Nullable String hostHeader() {
        return upstream.hostHeader();
    }

    /// The tries of one call.
    public Tries tries(Exchange exchange) {
        String told = hashOn.of(exchange);
        if (told == null && !hashOn.isCookie()) {
            told = hashFallback.of(exchange);
        }
        boolean asksForCookie = told == null && (hashOn.isCookie() || hashFallback.isCookie());
        if (asksForCookie) {
            told = UUID.randomUUID().toString();
        }
        // A request that tells nothing goes anywhere.
        long hash = told == null ? ThreadLocalRandom.current().nextLong() : Hashes.of(told);
        return new Tries(this, hash, asksForCookie ? cookie(told) : null);
    }

    private String cookie(@Nullable String value) {
        return upstream.hashOnCookie()
                + "="
                + value
                + "; Path="
                + upstream.hashOnCookiePath()
                + "; SameSite=Lax; HttpOnly";
    }

    @Nullable Peer pick(long hash, Tries tries) {
        if (!healthy) {
            return null;
        }
        Peer peer = algorithm.pick(hash, tries::isFree);
        // When all have been tried, they may be tried again.
        return peer == null ? algorithm.pick(hash, this::mayAsk) : peer;
    }

    boolean mayAsk(Peer peer) {
        return passive == null || peer.healthy();
    }

    long nanos() {
        return nanos.getAsLong();
    }

    void answered(Peer peer, int status) {
        if (passive != null && passive.status(peer.health, status)) {
            onChange.accept(peer);
        }
    }

    void failed(Peer peer, boolean timeout) {
        if (passive == null) {
            return;
        }
        boolean changed = timeout ? passive.timeout(peer.health) : passive.tcpFailure(peer.health);
        if (changed) {
            onChange.accept(peer);
        }
    }
}
