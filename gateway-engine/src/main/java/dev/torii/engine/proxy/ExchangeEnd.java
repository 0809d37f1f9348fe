package dev.torii.engine.proxy;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.plugin.PluginRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How an exchange ends: with an answer of the gateway's own, with the last bytes of the
/// upstream's, or broken off. It ends once; who comes later changes nothing.
final class ExchangeEnd {

    private static final Logger log = LoggerFactory.getLogger(ExchangeEnd.class);

    private final Road road;
    private final LiveConfig.Compiled config;
    private final Exchange exchange;
    private final ClientSide client;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Runnable> stops = new CopyOnWriteArrayList<>();

    private @Nullable PluginRun plugins;
    private @Nullable Sending call;
    private LongSupplier received = () -> 0;
    private boolean responsePhaseDone;

    ExchangeEnd(Road road, LiveConfig.Compiled config, Exchange exchange, ClientSide client) {
        this.road = road;
        this.config = config;
        this.exchange = exchange;
        this.client = client;
    }

    /// Who sees the answer's head, and writes the log.
    void plugins(PluginRun run) {
        plugins = run;
    }

    /// How many bytes the client's body has had.
    void received(LongSupplier bytes) {
        received = bytes;
    }

    /// What is aborted when a step fails.
    void call(Sending upstream) {
        call = upstream;
    }

    /// What goes on beside the exchange, and stops with it; at once, when that has ended already.
    void stops(Runnable stop) {
        stops.add(stop);
        if (ended.get()) {
            stop.run();
        }
    }

    /// Lets the plugins see the answer's head; once, whoever made the answer.
    @Nullable GatewayError responsePhase() {
        PluginRun run = plugins;
        if (run == null || responsePhaseDone) {
            return null;
        }
        responsePhaseDone = true;
        return run.onResponse().orElse(null);
    }

    void fail(GatewayError error, @Nullable String word) {
        answer(ErrorRenderer.render(error, exchange), word);
    }

    /// Answers in the upstream's stead.
    ///
    /// @param word what the outcome says went wrong; null when nothing did
    void answer(ErrorRenderer.Rendered given, @Nullable String word) {
        GatewayError failure = responsePhase();
        ErrorRenderer.Rendered answer =
                failure == null ? given : ErrorRenderer.render(failure, exchange);
        client.status(answer.status());
        HeaderPolicy.ownAnswer(client.headers(), answer, exchange, road.clock().nanos());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        client.headers().put(HttpHeader.CONTENT_LENGTH, body.length);
        ByteBuffer sent =
                ByteBuffer.wrap(
                        HttpMethod.HEAD.is(exchange.request().method()) ? new byte[0] : body);
        if (close(answer.status(), Outcome.Source.GATEWAY, sent.remaining(), word)) {
            client.writeLast(sent);
        }
    }

    /// Ends the upstream's answer.
    void finish(int status, ByteBuffer last, @Nullable String word) {
        if (close(status, Outcome.Source.UPSTREAM, last.remaining(), word)) {
            client.writeLast(last);
        }
    }

    /// Ends the connection in the middle of an answer.
    void breakOff(int status, Outcome.Source source, @Nullable String word, Throwable cause) {
        if (close(status, source, 0, word)) {
            client.abort(cause);
        }
    }

    /// Closes the books, before the last bytes go out: whoever has the answer finds it recorded.
    ///
    /// @param last how many bytes are still to be sent
    /// @return false when they were closed before
    private boolean close(int status, Outcome.Source source, int last, @Nullable String word) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        stops.forEach(Runnable::run);
        exchange.timings().ended(road.clock().nanos());
        HttpFields sent = client.sentHeaders();
        exchange.sentHeaders(() -> JettyClientRequest.asMap(sent));
        exchange.end(
                new Outcome(status, source, received.getAsLong(), client.written() + last, word));
        if (!road.ended().take(exchange, this::onLog)) {
            config.chains().release();
        }
        return true;
    }

    private void onLog() {
        try {
            PluginRun run = plugins;
            if (run != null) {
                run.onLog();
            }
        } finally {
            config.chains().release();
        }
    }

    /// Runs a step that came in on a thread of Jetty's; what it throws becomes a 500 and not a
    /// stuck client.
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            log.atError()
                    .addKeyValue("exchange", exchange.id())
                    .setCause(e)
                    .log("Request failed unexpectedly");
            Sending upstream = call;
            if (upstream != null) {
                upstream.abort(e);
            } else if (!client.committed()) {
                client.headers().clear();
                fail(new GatewayError.Unexpected(), "unexpected");
            }
        }
    }
}
