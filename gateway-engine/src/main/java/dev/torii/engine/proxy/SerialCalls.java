package dev.torii.engine.proxy;

import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.provider.CredentialException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The calls upstream that one call of a client takes, one after the other; mostly it is one. What
/// the last one answers is the receiver's, and so is the first that is no 200: none follows then.
final class SerialCalls implements Sending, UpstreamCall.Receiver {

    private sealed interface Stage {}

    /// Headers that vouch for the next call are being made, or fetched.
    private record Vouching() implements Stage {}

    private record Calling(UpstreamCall call) implements Stage {}

    private record Aborted(Throwable cause) implements Stage {}

    private static final Stage VOUCHING = new Vouching();

    private final LlmForwarder.Ready ready;
    private final Consumer<Runnable> guard;
    private final BiFunction<UpstreamBody, UpstreamCall.Receiver, UpstreamCall> caller;
    private final UpstreamCall.Receiver receiver;
    private final Iterator<byte[]> bodies;

    private @Nullable HttpFields headers;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long held;
    private final AtomicReference<Stage> stage = new AtomicReference<>(VOUCHING);

    /// @param guard runs a step, and sees to what it throws
    SerialCalls(
            LlmForwarder.Ready ready,
            Consumer<Runnable> guard,
            BiFunction<UpstreamBody, UpstreamCall.Receiver, UpstreamCall> caller,
            UpstreamCall.Receiver receiver) {
        this.ready = ready;
        this.guard = guard;
        this.caller = caller;
        this.receiver = receiver;
        this.bodies = ready.bodies().iterator();
    }

    @Override
    public void send() {
        byte[] body = bodies.next();
        // Signatures are of one body and of one moment, and tokens may have to be fetched.
        var _ =
                ready.vouching()
                        .vouch(body)
                        .whenComplete((_, failure) -> guard.accept(() -> vouched(body, failure)));
    }

    private void vouched(byte[] body, @Nullable Throwable failure) {
        if (failure == null) {
            call(body);
        } else if (stage.get() instanceof Vouching) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            receiver.onFailure(
                    cause instanceof CredentialException
                            ? new GatewayError.NoCredential(String.valueOf(cause.getMessage()))
                            : new GatewayError.Unexpected(),
                    cause);
        }
    }

    private void call(byte[] body) {
        UpstreamCall call =
                caller.apply(
                        body.length == 0
                                ? new UpstreamBody.None()
                                : new UpstreamBody.Bytes(body, ready.contentType()),
                        bodies.hasNext() ? this : receiver);
        if (stage.compareAndSet(VOUCHING, new Calling(call))) {
            call.send();
        }
    }

    @Override
    public void abort(Throwable cause) {
        switch (stage.getAndSet(new Aborted(cause))) {
            case Calling(UpstreamCall call) -> call.abort(cause);
            case Vouching _ -> receiver.onFailure(new GatewayError.Unexpected(), cause);
            case Aborted _ -> {}
        }
    }

    @Override
    public void onSent() {
        receiver.onSent();
    }

    @Override
    public void onHeaders(int status, HttpFields fields) {
        if (status == 200) {
            headers = fields;
        } else {
            headers = null;
            receiver.onHeaders(status, fields);
        }
    }

    @Override
    public void onContent(ByteBuffer bytes, Callback callback) {
        if (headers == null) {
            receiver.onContent(bytes, callback);
            return;
        }
        held += bytes.remaining();
        if (held > AnswerRelay.MAX_HELD) {
            throw new IllegalStateException(
                    "the answers are longer than " + AnswerRelay.MAX_HELD + " bytes");
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        kept.writeBytes(copy);
        callback.succeeded();
    }

    @Override
    public void onEnd() {
        HttpFields fields = headers;
        if (fields == null) {
            receiver.onEnd();
            return;
        }
        ready.answers().keep(fields, kept.toByteArray());
        kept = new ByteArrayOutputStream();
        headers = null;
        Stage ended = stage.get();
        if (ended instanceof Calling && stage.compareAndSet(ended, VOUCHING)) {
            send();
        } else if (stage.get() instanceof Aborted(Throwable cause)) {
            // Too late to stop the call that has just ended.
            receiver.onFailure(new GatewayError.Unexpected(), cause);
        }
    }

    @Override
    public void onFailure(GatewayError error, Throwable cause) {
        receiver.onFailure(error, cause);
    }
}
