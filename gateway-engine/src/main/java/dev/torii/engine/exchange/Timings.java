package dev.torii.engine.exchange;

/// The moments of an exchange, in nanoseconds of the injected clock; 0 means not reached.
public final class Timings {

    private final long startedAtMillis;
    private final long started;
    private long sentUpstream;
    private long firstUpstreamByte;
    private long firstToken;
    private long ended;

    /// @param startedAtMillis Unix milliseconds, for people
    /// @param started nanoseconds, for differences
    public Timings(long startedAtMillis, long started) {
        this.startedAtMillis = startedAtMillis;
        this.started = started;
    }

    public long startedAtMillis() {
        return startedAtMillis;
    }

    public long started() {
        return started;
    }

    public void sentUpstream(long nanos) {
        if (sentUpstream == 0) {
            sentUpstream = nanos;
        }
    }

    public void firstUpstreamByte(long nanos) {
        if (firstUpstreamByte == 0) {
            firstUpstreamByte = nanos;
        }
    }

    public void firstToken(long nanos) {
        if (firstToken == 0) {
            firstToken = nanos;
        }
    }

    public void ended(long nanos) {
        ended = nanos;
    }

    /// Milliseconds from start to end.
    public long totalMillis() {
        return millis(started, ended);
    }

    /// Milliseconds in the gateway before the upstream was asked; the whole time when it never was.
    public long gatewayMillis() {
        return millis(started, sentUpstream == 0 ? ended : sentUpstream);
    }

    /// Milliseconds from asking the upstream to its first byte; -1 when it was never asked or never
    /// answered.
    public long upstreamMillis() {
        return sentUpstream == 0 || firstUpstreamByte == 0
                ? -1
                : millis(sentUpstream, firstUpstreamByte);
    }

    /// Milliseconds from the upstream's first byte to the end; 0 when it never answered.
    public long receiveMillis() {
        return firstUpstreamByte == 0 ? 0 : millis(firstUpstreamByte, ended);
    }

    /// Milliseconds from start to the first token of a stream; -1 where there was none.
    public long firstTokenMillis() {
        return firstToken == 0 ? -1 : millis(started, firstToken);
    }

    /// Milliseconds from start to a moment.
    public long elapsedMillis(long nanos) {
        return millis(started, nanos);
    }

    private static long millis(long from, long to) {
        return Math.max(0, (to - from) / 1_000_000);
    }
}
