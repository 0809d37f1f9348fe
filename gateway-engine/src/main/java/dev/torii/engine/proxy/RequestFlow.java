package dev.torii.engine.proxy;

import dev.torii.engine.balancer.Balancer;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginRun;
import dev.torii.engine.plugin.PluginStep;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import dev.torii.model.llm.LlmBody;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// One exchange on its way to the upstream: route, plugins, body, call. [UpstreamAnswer] has the
/// way back, and [ExchangeEnd] the end. The steps run one after the other, on whichever thread the
/// last one ended; only a hang-up comes from beside.
final class RequestFlow {

    /// Gateways may stand behind one another, but not so many.
    private static final int MAX_PASSES = 10;

    private final Road road;
    private final LiveConfig.Compiled config;
    private final Exchange exchange;
    private final JettyClientRequest request;
    private final ClientSide client;
    private final ExchangeEnd end;

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
        this.end = new ExchangeEnd(road, config, exchange, client);
    }

    void start() {
        end.guarded(this::route);
    }

    private void route() {
        MatchedRoute match = config.router().match(request);
        if (match == null) {
            end.plugins(config.chains().unmatched().start(exchange));
            end.fail(new GatewayError.NoRoute(), "no_route");
            return;
        }
        exchange.match(match);
        Route route = match.route();
        PluginRun plugins = config.chains().of(route).start(exchange);
        end.plugins(plugins);
        if (request.scheme().equals("http") && !route.protocols().contains("http")) {
            end.fail(new GatewayError.HttpsRequired(route.httpsRedirectStatusCode()), null);
            return;
        }
        runPlugins(plugins);
    }

    private void runPlugins(PluginRun run) {
        switch (run.next()) {
            case PluginStep.Done _ -> forward();
            case PluginStep.Stopped(Decision.Answer answer) ->
                    end.answer(ErrorRenderer.render(answer), null);
            case PluginStep.Stopped(Decision.Refuse refusal) ->
                    end.answer(ErrorRenderer.render(refusal, exchange), null);
            case PluginStep.Stopped(Decision.LlmRefuse(int refusal, String message)) ->
                    end.answer(ErrorRenderer.llm(refusal, message, exchange), null);
            case PluginStep.Stopped(Decision.Proceed _) -> forward();
            case PluginStep.Failed(GatewayError error) -> end.fail(error, "plugin_failed");
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
            end.fail(new GatewayError.BodyTooLarge(limit), "body_too_large");
            return;
        }
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 8);
        Content.Source.asByteArrayAsync(
                client.request(),
                most,
                new Promise.Invocable.NonBlocking<byte[]>() {
                    @Override
                    public void succeeded(byte[] bytes) {
                        end.guarded(() -> uncompressed(run, bytes, limit));
                    }

                    @Override
                    public void failed(Throwable failure) {
                        end.guarded(() -> bodyFailed(failure, limit));
                    }
                });
    }

    /// What is meant for a model is read here, so it may come compressed; what is meant for a
    /// service is the service's to unpack.
    private void uncompressed(PluginRun run, byte[] bytes, long limit) {
        end.received(() -> bytes.length);
        List<String> codings = request.fields().getCSV(HttpHeader.CONTENT_ENCODING, false);
        if (codings.isEmpty() || !run.speaksWithModels()) {
            withBody(run, bytes);
            return;
        }
        switch (ContentCoding.decode(bytes, codings, limit)) {
            case ContentCoding.Plain(byte[] plain) -> withBody(run, plain);
            case ContentCoding.TooLarge _ ->
                    end.fail(new GatewayError.BodyTooLarge(limit), "body_too_large");
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
        end.answer(error, "bad_coding");
    }

    private void withBody(PluginRun run, byte[] bytes) {
        exchange.body(new LlmBody(bytes, request.header("content-type")));
        runPlugins(run);
    }

    private void bodyFailed(Throwable failure, long limit) {
        // Jetty names an accumulation over the limit so.
        if (failure instanceof IllegalStateException) {
            end.fail(new GatewayError.BodyTooLarge(limit), "body_too_large");
        } else {
            end.fail(new GatewayError.BadRequest(), "client_closed");
        }
    }

    private void forward() {
        MatchedRoute match = exchange.match();
        Service service = match == null ? null : match.service();
        LlmCall llm = exchange.llm();
        if (llm != null) {
            askModel(service, llm);
        } else if (match == null || service == null) {
            end.fail(new GatewayError.NoService(), "no_service");
        } else {
            askService(service, match);
        }
    }

    private void askModel(@Nullable Service service, LlmCall llm) {
        switch (road.llm().prepare(llm, exchange, request)) {
            case LlmForwarder.Refused(int refusal, String message) ->
                    end.answer(ErrorRenderer.llm(refusal, message, exchange), null);
            case LlmForwarder.Answered(ErrorRenderer.Rendered own) -> end.answer(own, null);
            case LlmForwarder.Ready ready -> {
                if (!loops(service, ready.address())) {
                    UpstreamAnswer answer = upstreamAnswer(ready.answers());
                    answer.ask(calls(service, ready, llm, answer), false);
                }
            }
        }
    }

    private Sending calls(
            @Nullable Service service,
            LlmForwarder.Ready ready,
            LlmCall llm,
            UpstreamAnswer answer) {
        return new SerialCalls(
                ready,
                end::guarded,
                (body, receiver) -> {
                    Targets targets = targets(ready.address(), false);
                    answer.setCookie(targets.setCookie());
                    return upstream(
                            service,
                            targets,
                            body,
                            (fields, to) ->
                                    HeaderPolicy.toProvider(fields, request, exchange, to, llm),
                            receiver);
                },
                answer);
    }

    private void askService(Service service, MatchedRoute match) {
        UpstreamAddress address =
                UpstreamAddress.ofService(
                        service, match, request.normalizedPath(), request.hostHeader());
        if (loops(service, address)) {
            return;
        }
        boolean keepsHost = match.route().preserveHost() && !request.hostHeader().isEmpty();
        Targets targets = targets(address, keepsHost);
        UpstreamBody body = body();
        UpstreamAnswer answer = upstreamAnswer(null);
        answer.setCookie(targets.setCookie());
        answer.ask(
                upstream(
                        service,
                        targets,
                        body,
                        (fields, to) -> HeaderPolicy.toService(fields, request, exchange, to),
                        answer),
                body instanceof UpstreamBody.Streamed);
    }

    private UpstreamAnswer upstreamAnswer(@Nullable LlmAnswers answers) {
        return new UpstreamAnswer(road, exchange, client, end, answers);
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
        if (!client.hasBody()) {
            return new UpstreamBody.None();
        }
        ClientBody streamed = new ClientBody(client.request(), type);
        end.received(streamed::bytes);
        return new UpstreamBody.Streamed(streamed);
    }

    /// Whoever an upstream's balancer names, where the host is the name of one.
    private Targets targets(UpstreamAddress address, boolean keepsHost) {
        Balancer balancer = config.balancers().find(address.host());
        return balancer == null
                ? address
                : new BalancedTargets(balancer, balancer.tries(exchange), address, keepsHost);
    }

    private UpstreamCall upstream(
            @Nullable Service service,
            Targets targets,
            UpstreamBody body,
            BiConsumer<HttpFields.Mutable, UpstreamAddress> headers,
            UpstreamCall.Receiver receiver) {
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
        end.fail(new GatewayError.Loop(name, address.host() + ":" + address.port()), "loop");
        return true;
    }
}
