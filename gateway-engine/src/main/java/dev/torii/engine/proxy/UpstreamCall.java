package dev.torii.engine.proxy;

import dev.torii.engine.exchange.Attempt;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.tls.TlsFailure;
import dev.torii.model.config.Service;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the upstream, again where that is safe, and hands its answer on piece by piece. Each
/// attempt goes where [Targets] say. The service's `retries` and timeouts apply. Retried is only
/// what cannot have had an effect: a request that never left, or an idempotent one that got no
/// answer. Source: Kong's `retries`, nginx's `proxy_next_upstream`.
final class UpstreamCall implements Response.Listener, Sending {

    /// Receives the answer of the attempt that counts.
    interface Receiver {

        /// The request is out, to the last byte of its body.
        void onSent();

        /// Status and headers are there.
        void onHeaders(int status, HttpFields headers);

        /// The next piece; the next one comes after the callback.
        void onContent(ByteBuffer bytes, Callback callback);

        void onEnd();

        /// It failed for good, before or after `onHeaders`.
        void onFailure(GatewayError error, Throwable cause);
    }

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    /// Milliseconds; the client itself keeps to it, so that only a shorter one takes a timer.
    static final int USUAL_CONNECT_TIMEOUT = 60_000;

    /// Milliseconds in which a request that was given whole may still go out once its answer is
    /// there. Mostly it is out, and only the thread that says so is late: no reason to give a
    /// connection up.
    static final int LINGER = 1_000;

    private static final Set<String> NOT_IDEMPOTENT = Set.of("POST", "PATCH", "LOCK");

    private final HttpClient client;
    private final Exchange exchange;
    private final Targets targets;
    private final @Nullable UpstreamSsl tls;
    private final UpstreamBody body;
    private final BiConsumer<HttpFields.Mutable, UpstreamAddress> headers;
    private final Limits limits;
    private final Receiver receiver;
    private final Clock clock;

    private int retriesLeft;
    private @Nullable UpstreamAddress asked;
    private long attemptStartedAt;
    private int status;
    private @Nullable Request request;
    private Scheduler.@Nullable Task connectTimer;
    private Scheduler.@Nullable Task lingerTimer;
    private volatile boolean begun;
    private volatile boolean sent;
    private volatile @Nullable Throwable aborted;

    /// What the service says about patience; milliseconds.
    record Limits(int retries, int connectTimeout, int readTimeout) {

        /// Kong's defaults, for a route without a service.
        static final Limits DEFAULT = new Limits(5, USUAL_CONNECT_TIMEOUT, 60_000);

        static Limits of(@Nullable Service service) {
            return service == null
                    ? DEFAULT
                    : new Limits(
                            service.retries(),
                            service.connectTimeout(),
                            Math.max(service.readTimeout(), service.writeTimeout()));
        }
    }

    UpstreamCall(
            HttpClient client,
            Exchange exchange,
            Targets targets,
            @Nullable UpstreamSsl tls,
            UpstreamBody body,
            BiConsumer<HttpFields.Mutable, UpstreamAddress> headers,
            Limits limits,
            Receiver receiver,
            Clock clock) {
        this.client = client;
        this.exchange = exchange;
        this.targets = targets;
        this.tls = tls;
        this.body = body;
        this.headers = headers;
        this.limits = limits;
        this.receiver = receiver;
        this.clock = clock;
        this.retriesLeft = limits.retries();
    }

    @Override
    public void send() {
        UpstreamAddress first = targets.next();
        if (first == null) {
            receiver.onFailure(
                    new GatewayError.NoHealthyTarget(), new ConnectException("no healthy target"));
        } else {
            attempt(first);
        }
    }

    private void attempt(UpstreamAddress address) {
        asked = address;
        String query = exchange.upstreamQuery();
        String uri = query == null ? address.path() : address.path() + "?" + query;
        exchange.upstreamUri(uri);
        Request attempt =
                client.newRequest(address.host(), address.port())
                        .scheme(address.scheme())
                        .tag(UpstreamSsl.Mark.of(tls, address))
                        .method(exchange.request().method())
                        .path(uri)
                        // Between two bytes, not in all: long answers are no failure.
                        .idleTimeout(limits.readTimeout(), TimeUnit.MILLISECONDS)
                        .headers(fields -> headers.accept(fields.clear(), address));
        Request.Content content = body.content();
        if (content != null) {
            attempt.body(content);
        }
        attempt.onRequestBegin(_ -> onConnected());
        attempt.onRequestSuccess(_ -> onSent());
        begun = false;
        sent = false;
        status = 0;
        attemptStartedAt = clock.millis();
        exchange.timings().sentUpstream(clock.nanos());
        request = attempt;
        Throwable gone = aborted;
        if (gone != null) {
            targets.over();
            receiver.onFailure(new GatewayError.Unexpected(), gone);
            return;
        }
        if (limits.connectTimeout() < USUAL_CONNECT_TIMEOUT) {
            connectTimer =
                    client.getScheduler()
                            .schedule(
                                    () -> {
                                        var _ = attempt.abort(notConnected());
                                    },
                                    limits.connectTimeout(),
                                    TimeUnit.MILLISECONDS);
        }
        attempt.send(this);
    }

    @Override
    public void abort(Throwable cause) {
        aborted = cause;
        Request current = request;
        if (current != null) {
            var _ = current.abort(cause);
        }
    }

    private static SocketTimeoutException notConnected() {
        return new SocketTimeoutException("no connection in time");
    }

    private void onConnected() {
        begun = true;
        stop(connectTimer);
    }

    private void onSent() {
        sent = true;
        receiver.onSent();
    }

    private static void stop(Scheduler.@Nullable Task timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void onHeaders(Response response) {
        status = response.getStatus();
        exchange.timings().firstUpstreamByte(clock.nanos());
        targets.answered(status);
        try {
            receiver.onHeaders(status, response.getHeaders());
        } catch (RuntimeException e) {
            // Jetty would swallow it, and nobody would ever answer the client.
            abort(e);
        }
    }

    @Override
    public void onContent(Response response, Content.Chunk chunk, Runnable demander) {
        chunk.retain();
        Taken taken = new Taken(response, chunk, demander);
        try {
            receiver.onContent(chunk.getByteBuffer(), taken);
        } catch (RuntimeException e) {
            taken.giveUp(e);
        }
    }

    /// The client has taken a piece: its bytes are let go of, and the next one may come.
    private record Taken(Response response, Content.Chunk chunk, Runnable demander)
            implements Callback {

        @Override
        public void succeeded() {
            chunk.release();
            demander.run();
        }

        /// Only a client that is gone does not take it.
        @Override
        public void failed(Throwable failure) {
            giveUp(new ClientGoneException());
        }

        void giveUp(Throwable failure) {
            chunk.release();
            var _ = response.abort(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    /// An upstream may answer before it has read the request; the rest of that would be for nobody.
    @Override
    public void onSuccess(Response response) {
        if (sent) {
            return;
        }
        if (body.given()) {
            lingerTimer =
                    client.getScheduler()
                            .schedule(() -> giveUpRest(response), LINGER, TimeUnit.MILLISECONDS);
        } else {
            giveUpRest(response);
        }
    }

    private static void giveUpRest(Response response) {
        var _ = response.getRequest().abort(new CancellationException("answered already"));
    }

    @Override
    public void onComplete(Result result) {
        stop(connectTimer);
        stop(lingerTimer);
        Throwable failure =
                result.getResponseFailure() == null && status != 0 ? null : result.getFailure();
        if (failure == null) {
            record(null);
            targets.over();
            receiver.onEnd();
            return;
        }
        GatewayError error = errorOf(failure);
        record(error.getClass().getSimpleName());
        boolean blameless = aborted != null || failure instanceof ClientGoneException;
        if (!blameless) {
            targets.failed(error);
        }
        targets.over();
        UpstreamAddress another = mayRetry(failure) ? targets.next() : null;
        if (another != null) {
            retriesLeft--;
            attempt(another);
        } else {
            if (!blameless) {
                tell(error, failure);
            }
            receiver.onFailure(error, failure);
        }
    }

    /// The client is told as Kong tells it; which upstream it was stands here. The failure's own
    /// message stays out, since it may quote the answer.
    private void tell(GatewayError error, Throwable failure) {
        String tlsReason = tlsReason(failure);
        String sentence = tlsReason == null ? sentence(error) : refused(tlsReason);
        log.atWarn()
                .addKeyValue("exchange", exchange.id())
                .addKeyValue("upstream", asked == null ? "" : asked.origin())
                .addKeyValue("tries", exchange.attempts().size())
                .addKeyValue("reason", failure.getClass().getSimpleName())
                .log(sentence);
    }

    private @Nullable String tlsReason(Throwable failure) {
        String reason = TlsFailure.reason(failure);
        boolean hungUp =
                failure instanceof EOFException
                        && !sent
                        && asked != null
                        && asked.scheme().equals("https");
        return reason == null && hungUp ? TlsFailure.HUNG_UP : reason;
    }

    private String refused(String reason) {
        MatchedRoute match = exchange.match();
        Service service = match == null ? null : match.service();
        return "%s did not get a TLS connection to %s: %s"
                .formatted(
                        service == null ? "a route" : "the service '" + service.label() + "'",
                        asked == null ? "an upstream" : asked.serverName(),
                        reason);
    }

    private String sentence(GatewayError error) {
        return switch (error) {
            case GatewayError.NameResolutionFailed _ ->
                    "the upstream's name does not resolve; check the service's host or upstream_url";
            case GatewayError.UpstreamTimeout _ ->
                    "the upstream did not answer in time; check that it runs, or give the service longer timeouts";
            case GatewayError.Overloaded _ ->
                    "too many requests wait for the upstream; check that it answers";
            default ->
                    status == 0
                            ? "the upstream gave no answer; check that it runs at this address"
                            : "the upstream broke its answer off";
        };
    }

    private void record(@Nullable String error) {
        UpstreamAddress address = asked;
        if (address != null) {
            exchange.attempts()
                    .add(
                            new Attempt(
                                    address.host(),
                                    address.port(),
                                    attemptStartedAt,
                                    status,
                                    error));
        }
    }

    private boolean mayRetry(Throwable failure) {
        if (retriesLeft <= 0 || aborted != null || status != 0 || !body.repeatable()) {
            return false;
        }
        if (failure instanceof UnknownHostException
                || failure instanceof RejectedExecutionException) {
            return false;
        }
        return !begun || !NOT_IDEMPOTENT.contains(exchange.request().method());
    }

    private static GatewayError errorOf(Throwable failure) {
        return switch (failure) {
            case UnknownHostException e ->
                    new GatewayError.NameResolutionFailed(String.valueOf(e.getMessage()));
            case UnresolvedAddressException _ -> new GatewayError.NameResolutionFailed("");
            case TimeoutException _, SocketTimeoutException _ -> new GatewayError.UpstreamTimeout();
            case RejectedExecutionException _ -> new GatewayError.Overloaded();
            case ConnectException _ -> new GatewayError.UpstreamFailed();
            default -> new GatewayError.UpstreamFailed();
        };
    }
}
