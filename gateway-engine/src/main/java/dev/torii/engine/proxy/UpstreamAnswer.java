package dev.torii.engine.proxy;

import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.provider.AnswerStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The upstream's answer on its way to the client, and the client while it waits for it.
final class UpstreamAnswer implements UpstreamCall.Receiver {

    private final Road road;
    private final Exchange exchange;
    private final ClientSide client;
    private final ExchangeEnd end;
    private final @Nullable LlmAnswers answers;

    private @Nullable Sending call;
    private @Nullable HangUpWatch unwatched;
    private @Nullable String setCookie;
    private @Nullable StreamTurns turns;
    private @Nullable GatewayError refused;
    private AnswerRelay relay = new AnswerRelay.Through();
    private int status;

    /// @param answers how a model's answer is read; null for a service's
    UpstreamAnswer(
            Road road,
            Exchange exchange,
            ClientSide client,
            ExchangeEnd end,
            @Nullable LlmAnswers answers) {
        this.road = road;
        this.exchange = exchange;
        this.client = client;
        this.end = end;
        this.answers = answers;
    }

    /// A cookie that the client is to be given beside the answer.
    void setCookie(@Nullable String cookie) {
        setCookie = cookie;
    }

    /// Sends the request. Whoever reads the client's body sees it go; from its end on, nobody does
    /// but the watch.
    ///
    /// @param streamed whether the client's body is read on the way
    void ask(Sending upstream, boolean streamed) {
        call = upstream;
        end.call(upstream);
        HangUpWatch watch =
                HangUpWatch.over(client.request(), () -> upstream.abort(new ClientGoneException()));
        end.stops(watch::stop);
        if (streamed) {
            unwatched = watch;
        } else {
            watch.start();
        }
        upstream.send();
    }

    @Override
    public void onSent() {
        HangUpWatch watch = unwatched;
        if (watch != null) {
            watch.start();
        }
    }

    @Override
    public void onHeaders(int upstreamStatus, HttpFields headers) {
        status = upstreamStatus;
        LlmCall llm = exchange.llm();
        if (answers != null) {
            relay = answers.relay(upstreamStatus, headers);
        }
        refused = end.responsePhase();
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
        tellLosses();
        if (relay instanceof AnswerRelay.Streamed(AnswerStream stream)) {
            start(stream);
        }
    }

    private void start(AnswerStream stream) {
        if (stream.contentType() != null) {
            client.headers().put(HttpHeader.CONTENT_TYPE, stream.contentType());
        }
        StreamTurns taking =
                new StreamTurns(
                        stream,
                        client,
                        road.client().getScheduler(),
                        road.clock(),
                        road.patience());
        turns = taking;
        end.stops(taking::stop);
        taking.start();
    }

    @Override
    public void onContent(ByteBuffer bytes, Callback callback) {
        StreamTurns taking = turns;
        if (taking == null) {
            pass(bytes, callback);
        } else {
            taking.step(
                    () -> end.guarded(() -> pass(bytes, Callback.from(taking::done, callback))));
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
            taking.step(() -> end.guarded(last));
        }
    }

    private void ended() {
        switch (relay) {
            case AnswerRelay.Through _ -> end.finish(status, ByteBuffer.allocate(0), null);
            case AnswerRelay.Streamed(AnswerStream stream) -> {
                ByteBuffer rest = stream.onEnd();
                end.finish(status, rest, stream.complete() ? null : "upstream_incomplete");
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
            end.finish(status, ByteBuffer.wrap(whole.body()), null);
        } catch (UnreadableAnswerException e) {
            client.headers().clear();
            LlmCall llm = exchange.llm();
            String from =
                    llm == null
                            ? ""
                            : llm.target().provider() + "://" + llm.target().routeType().wireName();
            end.answer(
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
                end.breakOff(status, Outcome.Source.UPSTREAM, null, cause);
            } else {
                end.breakOff(499, Outcome.Source.GATEWAY, "client_closed", cause);
            }
        } else if (refusal != null) {
            end.fail(refusal, "plugin_failed");
        } else if (!client.committed()) {
            client.headers().clear();
            end.fail(error, word(error));
        } else if (relay instanceof AnswerRelay.Streamed(AnswerStream stream)) {
            end.finish(
                    status,
                    stream.onFailure(
                            "the connection to the upstream broke before the answer was complete"),
                    stream.complete() ? null : word(error));
        } else {
            end.breakOff(status, Outcome.Source.UPSTREAM, word(error), cause);
        }
    }

    /// Many clients go once they have read the last that concerns them, which is before the
    /// upstream ends its answer.
    private boolean clientHasAll() {
        return client.wrotePromisedLength()
                || (relay instanceof AnswerRelay.Streamed(AnswerStream stream)
                        && stream.complete());
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
}
