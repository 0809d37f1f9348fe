package dev.torii.engine.proxy;

import dev.torii.engine.balancer.Balancer;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginRun;
import dev.torii.engine.plugin.PluginStep;
import dev.torii.engine.provider.AnswerStream;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import dev.torii.model.llm.LlmBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One exchange, step by step: plugins, upstream, answer, end. The steps run one after the other,
/// on whichever thread the last one ended; only a hang-up comes from beside.
final class RequestFlow implements UpstreamCall.Receiver {

    private static final Logger log = LoggerFactory.getLogger(RequestFlow.class);

    /// Gateways may stand behind one another, but not so many.
    private static final int MAX_PASSES = 10;

    private final Road road;
    private final LiveConfig.Compiled config;
    private final Exchange exchange;
    private final JettyClientRequest request;
    private final ClientSide client;
    private final AtomicBoolean ended = new AtomicBoolean();

    private @Nullable PluginRun plugins;
    private @Nullable Sending call;
    private @Nullable HangUpWatch watch;
    private @Nullable String setCookie;
    private @Nullable LlmAnswers answers;
    private @Nullable StreamTurns turns;
    private AnswerRelay relay = new AnswerRelay.Through();
    private @Nullable UpstreamBody streamed;
    private @Nullable GatewayError refused;
    private boolean responsePhaseDone;
    private long requestBytes;
    private int status;

    RequestFlow(
            Road road,
            LiveConfig.Compiled config,
            Exchange exchange,
            JettyClientRequest request,
            ClientSide client) {
        this.road = road;
        this.config = config;
        this.exchange = exchange;
        this.request = request;
        this.client = client;
    }

    void start() {
        MatchedRoute match = config.router().match(request);
        if (match == null) {
            plugins = config.chains().unmatched().start(exchange);
            fail(new GatewayError.NoRoute(), "no_route");
            return;
        }
        exchange.match(match);
        Route route = match.route();
        plugins = config.chains().of(route).start(exchange);
        if (request.scheme().equals("http") && !route.protocols().contains("http")) {
            fail(new GatewayError.HttpsRequired(route.httpsRedirectStatusCode()), null);
            return;
        }
        runPlugins(plugins);
    }

    private void runPlugins(PluginRun run) {
        switch (run.next()) {
            case PluginStep.Done _ -> forward();
            case PluginStep.Stopped(Decision.Answer answer) ->
                    answer(ErrorRenderer.render(answer), null);
            case PluginStep.Stopped(Decision.Refuse refusal) ->
                    answer(ErrorRenderer.render(refusal, exchange), null);
            case PluginStep.Stopped(Decision.LlmRefuse(int refusal, String message)) ->
                    answer(ErrorRenderer.llm(refusal, message, exchange), null);
            case PluginStep.Stopped(Decision.Proceed _) -> forward();
            case PluginStep.Failed(GatewayError error) -> fail(error, "plugin_failed");
            case PluginStep.NeedsBody(long limit) -> readBody(run, limit);
        }
    }

    private void readBody(PluginRun run, long limit) {
        if (!client.hasBody()) {
            withBody(run, new byte[0]);
            return;
        }
        long length = client.request().getLength();
        if (length > limit) {
            fail(new GatewayError.BodyTooLarge(limit), "body_too_large");
            return;
        }
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 8);
        Content.Source.asByteArrayAsync(
                client.request(),
                most,
                new Promise.Invocable.NonBlocking<byte[]>() {
                    @Override
                    public void succeeded(byte[] bytes) {
                        guarded(() -> uncompressed(run, bytes, limit));
                    }

                    @Override
                    public void failed(Throwable failure) {
                        guarded(() -> bodyFailed(failure, limit));
                    }
                });
    }

    /// What is meant for a model is read here, so it may come compressed; what is meant for a
    /// service is the service's to unpack.
    private void uncompressed(PluginRun run, byte[] bytes, long limit) {
        requestBytes = bytes.length;
        List<String> codings = request.fields().getCSV(HttpHeader.CONTENT_ENCODING, false);
        if (codings.isEmpty() || !run.speaksWithModels()) {
            withBody(run, bytes);
            return;
        }
        switch (ContentCoding.decode(bytes, codings, limit)) {
            case ContentCoding.Plain(byte[] plain) -> withBody(run, plain);
            case ContentCoding.TooLarge _ ->
                    fail(new GatewayError.BodyTooLarge(limit), "body_too_large");
            case ContentCoding.Broken _ ->
                    refuseCoding(400, "the body is not what Content-Encoding says: " + codings);
            case ContentCoding.Unknown(String coding) ->
                    refuseCoding(
                            415,
                            "Content-Encoding: %s (expected: %s, or none)"
                                    .formatted(coding, ContentCoding.UNDERSTOOD));
        }
    }

    /// In the client's dialect, as far as that can be told without the body.
    private void refuseCoding(int refusal, String message) {
        exchange.body(new LlmBody(new byte[0]));
        var _ = exchange.clientCall();
        ErrorRenderer.Rendered error = ErrorRenderer.llm(refusal, message, exchange);
        error.headers().put("Accept-Encoding", ContentCoding.UNDERSTOOD);
        answer(error, "bad_coding");
    }

    private void withBody(PluginRun run, byte[] bytes) {
        exchange.body(new LlmBody(bytes, request.header("content-type")));
        runPlugins(run);
    }

    private void bodyFailed(Throwable failure, long limit) {
        // Jetty names an accumulation over the limit so.
        if (failure instanceof IllegalStateException) {
            fail(new GatewayError.BodyTooLarge(limit), "body_too_large");
        } else {
            fail(new GatewayError.BadRequest(), "client_closed");
        }
    }

    private void forward() {
        MatchedRoute match = exchange.match();
        Service service = match == null ? null : match.service();
        LlmCall llm = exchange.llm();
        if (llm != null) {
            LlmForwarder.Result result = road.llm().prepare(llm, exchange, request);
            switch (result) {
                case LlmForwarder.Refused(int refusal, String message) ->
                        answer(ErrorRenderer.llm(refusal, message, exchange), null);
                case LlmForwarder.Answered(ErrorRenderer.Rendered own) -> answer(own, null);
                case LlmForwarder.Ready ready -> {
                    answers = ready.answers();
                    if (!loops(service, ready.address())) {
                        send(provider(service, ready, llm));
                    }
                }
            }
        } else if (match == null || service == null) {
            fail(new GatewayError.NoService(), "no_service");
        } else {
            UpstreamAddress address =
                    UpstreamAddress.ofService(
                            service, match, request.normalizedPath(), request.hostHeader());
            boolean keepsHost = match.route().preserveHost() && !request.hostHeader().isEmpty();
            if (!loops(service, address)) {
                UpstreamBody body = body();
                // Whoever reads the body sees the client go; from its end on, nobody does.
                streamed = body instanceof UpstreamBody.Streamed ? body : null;
                send(
                        upstream(
                                service,
                                targets(address, keepsHost),
                                body,
                                (fields, to) ->
                                        HeaderPolicy.toService(fields, request, exchange, to),
                                this));
            }
        }
    }

    private UpstreamBody body() {
        String type = request.header("content-type");
        if (exchange.bodyRead()) {
            byte[] bytes = exchange.body().bytes();
            return bytes.length == 0
                    ? new UpstreamBody.None()
                    : new UpstreamBody.Bytes(
                            bytes, type == null ? "application/octet-stream" : type);
        }
        return client.hasBody()
                ? new UpstreamBody.Streamed(new ClientBody(client.request(), type))
                : new UpstreamBody.None();
    }

    /// Whoever an upstream's balancer names, where the host is the name of one.
    private Targets targets(UpstreamAddress address, boolean keepsHost) {
        Balancer balancer = config.balancers().find(address.host());
        return balancer == null
                ? address
                : new BalancedTargets(balancer, balancer.tries(exchange), address, keepsHost);
    }

    private Sending provider(@Nullable Service service, LlmForwarder.Ready ready, LlmCall llm) {
        return new SerialCalls(
                ready,
                this::guarded,
                (body, receiver) ->
                        upstream(
                                service,
                                targets(ready.address(), false),
                                body,
                                (fields, to) ->
                                        HeaderPolicy.toProvider(fields, request, exchange, to, llm),
                                receiver),
                this);
    }

    private UpstreamCall upstream(
            @Nullable Service service,
            Targets targets,
            UpstreamBody body,
            BiConsumer<HttpFields.Mutable, UpstreamAddress> headers,
            UpstreamCall.Receiver receiver) {
        setCookie = targets.setCookie();
        return new UpstreamCall(
                road.client(),
                exchange,
                targets,
                config.upstreamTls().of(service),
                body,
                headers,
                UpstreamCall.Limits.of(service),
                receiver,
                road.clock());
    }

    /// Whether the request goes in circles; it has its answer then.
    private boolean loops(@Nullable Service service, UpstreamAddress address) {
        if (HeaderPolicy.passes(request.fields()) < MAX_PASSES) {
            return false;
        }
        String name = service == null ? null : service.name();
        fail(new GatewayError.Loop(name, address.host() + ":" + address.port()), "loop");
        return true;
    }

    private void send(Sending upstream) {
        call = upstream;
        HangUpWatch watching =
                HangUpWatch.over(client.request(), () -> upstream.abort(new ClientGoneException()));
        watch = watching;
        if (streamed == null) {
            watching.start();
        }
        upstream.send();
    }

    @Override
    public void onSent() {
        HangUpWatch watching = watch;
        if (watching != null && streamed != null) {
            watching.start();
        }
    }

    @Override
    public void onHeaders(int upstreamStatus, HttpFields headers) {
        status = upstreamStatus;
        LlmCall llm = exchange.llm();
        LlmAnswers reading = answers;
        if (reading != null) {
            relay = reading.relay(upstreamStatus, headers);
        }
        refused = responsePhase();
        Sending upstream = call;
        if (refused != null && upstream != null) {
            upstream.abort(new CancellationException("a plugin failed at the answer"));
            return;
        }
        client.status(upstreamStatus);
        HeaderPolicy.toClient(
                client.headers(), headers, exchange, !(relay instanceof AnswerRelay.Through));
        if (setCookie != null) {
            client.headers().add(HttpHeader.SET_COOKIE, setCookie);
        }
        if (llm != null && llm.modelNameHeader() && upstreamStatus == 200) {
            client.headers().put("X-Kong-LLM-Model", llm.target().label());
        }
        if (relay instanceof AnswerRelay.Streamed(AnswerStream stream)) {
            if (stream.contentType() != null) {
                client.headers().put(HttpHeader.CONTENT_TYPE, stream.contentType());
            }
            turns =
                    new StreamTurns(
                            stream,
                            client,
                            road.client().getScheduler(),
                            road.clock(),
                            road.patience());
        }
        tellLosses();
        StreamTurns taking = turns;
        if (taking != null) {
            taking.start();
        }
    }

    /// Lets the plugins see the answer's head; once, whoever made the answer.
    private @Nullable GatewayError responsePhase() {
        PluginRun run = plugins;
        if (run == null || responsePhaseDone) {
            return null;
        }
        responsePhaseDone = true;
        return run.onResponse().orElse(null);
    }

    @Override
    public void onContent(ByteBuffer bytes, Callback callback) {
        StreamTurns taking = turns;
        if (taking == null) {
            pass(bytes, callback);
        } else {
            taking.step(() -> guarded(() -> pass(bytes, Callback.from(taking::done, callback))));
        }
    }

    private void pass(ByteBuffer bytes, Callback callback) {
        ByteBuffer out = relay.onBytes(bytes);
        if (relay instanceof AnswerRelay.Streamed(AnswerStream stream) && stream.firstTokenSeen()) {
            exchange.timings().firstToken(road.clock().nanos());
        }
        if (out.hasRemaining()) {
            client.write(out, callback);
        } else {
            callback.succeeded();
        }
    }

    @Override
    public void onEnd() {
        inTurn(this::ended);
    }

    private void inTurn(Runnable last) {
        StreamTurns taking = turns;
        if (taking == null) {
            last.run();
        } else {
            taking.step(() -> guarded(last));
        }
    }

    private void ended() {
        switch (relay) {
            case AnswerRelay.Through _ -> finish(ByteBuffer.allocate(0), null);
            case AnswerRelay.Streamed(AnswerStream stream) -> {
                ByteBuffer rest = stream.onEnd();
                finish(rest, stream.complete() ? null : "upstream_incomplete");
            }
            case AnswerRelay.Held held -> finishHeld(held);
        }
    }

    private void finishHeld(AnswerRelay.Held held) {
        try {
            AnswerRelay.Whole whole = held.decoded();
            status = whole.status();
            client.status(status);
            tellLosses();
            client.headers().put(HttpHeader.CONTENT_LENGTH, whole.body().length);
            retryAfter(whole.retryAfter());
            finish(ByteBuffer.wrap(whole.body()), null);
        } catch (UnreadableAnswerException e) {
            client.headers().clear();
            LlmCall llm = exchange.llm();
            String from =
                    llm == null
                            ? ""
                            : llm.target().provider() + "://" + llm.target().routeType().wireName();
            answer(
                    ErrorRenderer.llm(
                            500,
                            "transformation failed from type " + from + ": " + e.getMessage(),
                            exchange),
                    "upstream_unreadable");
        }
    }

    /// Of a stream, those of the request alone are known by now.
    private void tellLosses() {
        LlmCall llm = exchange.llm();
        if (llm != null && !llm.losses().isEmpty()) {
            client.headers().put("X-Torii-Loss", Integer.toString(llm.losses().count()));
        }
    }

    /// What the upstream says only in its body; its own header passes.
    private void retryAfter(@Nullable Duration wait) {
        if (wait != null && !client.headers().contains(HttpHeader.RETRY_AFTER)) {
            client.headers().put(HttpHeader.RETRY_AFTER, wait.plusNanos(999_999_999).toSeconds());
        }
    }

    @Override
    public void onFailure(GatewayError error, Throwable cause) {
        inTurn(() -> failed(error, cause));
    }

    private void failed(GatewayError error, Throwable cause) {
        GatewayError refusal = refused;
        if (cause instanceof ClientGoneException) {
            if (clientHasAll()) {
                breakOff(status, Outcome.Source.UPSTREAM, null, cause);
            } else {
                breakOff(499, Outcome.Source.GATEWAY, "client_closed", cause);
            }
        } else if (refusal != null) {
            fail(refusal, "plugin_failed");
        } else if (!client.committed()) {
            client.headers().clear();
            fail(error, word(error));
        } else if (relay instanceof AnswerRelay.Streamed(AnswerStream stream)) {
            finish(
                    stream.onFailure(
                            "the connection to the upstream broke before the answer was complete"),
                    stream.complete() ? null : word(error));
        } else {
            breakOff(status, Outcome.Source.UPSTREAM, word(error), cause);
        }
    }

    /// Many clients go once they have read the last that concerns them, which is before the
    /// upstream ends its answer.
    private boolean clientHasAll() {
        return client.wrotePromisedLength()
                || (relay instanceof AnswerRelay.Streamed(AnswerStream stream)
                        && stream.complete());
    }

    private void breakOff(
            int status, Outcome.Source source, @Nullable String error, Throwable cause) {
        if (end(status, source, 0, error)) {
            client.abort(cause);
        }
    }

    private static String word(GatewayError error) {
        return switch (error) {
            case GatewayError.UpstreamTimeout _ -> "upstream_timeout";
            case GatewayError.NameResolutionFailed _ -> "name_resolution_failed";
            case GatewayError.Overloaded _ -> "overloaded";
            case GatewayError.NoHealthyTarget _ -> "no_healthy_target";
            case GatewayError.NoCredential _ -> "no_credential";
            default -> "upstream_failed";
        };
    }

    private void finish(ByteBuffer last, @Nullable String error) {
        if (end(status, Outcome.Source.UPSTREAM, last.remaining(), error)) {
            client.writeLast(last);
        }
    }

    private void fail(GatewayError error, @Nullable String word) {
        answer(ErrorRenderer.render(error, exchange), word);
    }

    private void answer(ErrorRenderer.Rendered given, @Nullable String error) {
        GatewayError failure = responsePhase();
        ErrorRenderer.Rendered answer =
                failure == null ? given : ErrorRenderer.render(failure, exchange);
        client.status(answer.status());
        HeaderPolicy.ownAnswer(client.headers(), answer, exchange, road.clock().nanos());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        client.headers().put(HttpHeader.CONTENT_LENGTH, body.length);
        ByteBuffer sent =
                ByteBuffer.wrap(HttpMethod.HEAD.is(request.method()) ? new byte[0] : body);
        if (end(answer.status(), Outcome.Source.GATEWAY, sent.remaining(), error)) {
            client.writeLast(sent);
        }
    }

    /// Closes the books, before the last bytes go out: whoever has the answer finds it recorded.
    ///
    /// @param last how many bytes are still to be sent
    /// @return false when they were closed before
    private boolean end(int status, Outcome.Source source, int last, @Nullable String error) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        HangUpWatch watching = watch;
        if (watching != null) {
            watching.stop();
        }
        StreamTurns taking = turns;
        if (taking != null) {
            taking.stop();
        }
        exchange.timings().ended(road.clock().nanos());
        HttpFields sent = client.sentHeaders();
        exchange.sentHeaders(() -> JettyClientRequest.asMap(sent));
        UpstreamBody through = streamed;
        long received = through == null ? requestBytes : through.received();
        exchange.end(new Outcome(status, source, received, client.written() + last, error));
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
