package dev.torii.engine.proxy;

import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.provider.CredentialException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The calls upstream that one call of a client takes, one after the other; mostly it is one. What
/// the last one answers is the receiver's, and so is the first that is no 200: none follows then.
final class SerialCalls implements Sending, UpstreamCall.Receiver {

    private final LlmForwarder.Ready ready;
    private final BiFunction<UpstreamBody, UpstreamCall.Receiver, UpstreamCall> caller;
    private final UpstreamCall.Receiver receiver;
    private final Iterator<byte[]> bodies;

    private @Nullable HttpFields headers;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long held;
    private volatile @Nullable UpstreamCall current;
    private volatile @Nullable Throwable aborted;

    SerialCalls(
            LlmForwarder.Ready ready,
            BiFunction<UpstreamBody, UpstreamCall.Receiver, UpstreamCall> caller,
            UpstreamCall.Receiver receiver) {
        this.ready = ready;
        this.caller = caller;
        this.receiver = receiver;
        this.bodies = ready.bodies().iterator();
    }

    @Override
    public void send() {
        byte[] body = bodies.next();
        UpstreamCall call =
                caller.apply(
                        body.length == 0
                                ? new UpstreamBody.None()
                                : new UpstreamBody.Bytes(body, ready.contentType()),
                        bodies.hasNext() ? this : receiver);
        current = call;
        Throwable gone = aborted;
        if (gone != null) {
            call.abort(gone);
        }
        call.send();
    }

    @Override
    public void abort(Throwable cause) {
        aborted = cause;
        UpstreamCall call = current;
        if (call != null) {
            call.abort(cause);
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
        try {
            // Signatures are of one body, and of one moment.
            ready.vouching().vouch(ready.bodies().get(ready.answers().kept()));
        } catch (CredentialException e) {
            receiver.onFailure(new GatewayError.Unexpected(), e);
            return;
        }
        send();
    }

    @Override
    public void onFailure(GatewayError error, Throwable cause) {
        receiver.onFailure(error, cause);
    }
}
