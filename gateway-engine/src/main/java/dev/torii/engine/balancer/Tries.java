package dev.torii.engine.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The attempts of one call at an upstream: each goes to a target that was not tried yet, as long
/// as there is one, and tells how it went. Used by one thread at a time.
public final class Tries {

    /// A failure may be quick; it is not to pass for speed.
    private static final long FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Balancer balancer;
    private final long hash;
    private final @Nullable String setCookie;
    private final List<Peer> tried = new ArrayList<>(1);

    private @Nullable Peer current;
    private long startedAt;
    private boolean answered;

    Tries(Balancer balancer, long hash, @Nullable String setCookie) {
        this.balancer = balancer;
        this.hash = hash;
        this.setCookie = setCookie;
    }

    /// The `Set-Cookie` that brings the client back to the same target; null where it has one
    /// already or none is wanted.
    public @Nullable String setCookie() {
        return setCookie;
    }

    /// Begins the next attempt. The one before it is over.
    ///
    /// @return null when no target may be asked
    public @Nullable TargetAddress next() {
        Peer peer = balancer.pick(hash, this);
        if (peer == null) {
            return null;
        }
        peer.busy.incrementAndGet();
        current = peer;
        tried.add(peer);
        startedAt = balancer.nanos();
        answered = false;
        return peer.address;
    }

    boolean isFree(Peer peer) {
        return !tried.contains(peer) && balancer.mayAsk(peer);
    }

    /// The answer has begun.
    public void answered(int status) {
        Peer peer = current;
        if (peer != null) {
            answered = true;
            long now = balancer.nanos();
            peer.latency.observe(now - startedAt, now);
            balancer.answered(peer, status);
        }
    }

    /// There was no answer, or not all of it.
    ///
    /// @param timeout whether it was waited for in vain
    public void failed(boolean timeout) {
        Peer peer = current;
        if (peer != null) {
            if (!answered) {
                long now = balancer.nanos();
                peer.latency.observe(Math.max(now - startedAt, FAILURE_NANOS), now);
            }
            balancer.failed(peer, timeout);
        }
    }

    /// The attempt is over, however it went.
    public void over() {
        Peer peer = current;
        if (peer != null) {
            peer.busy.decrementAndGet();
            current = null;
        }
    }
}
