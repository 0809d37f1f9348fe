package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.GatewayError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;

/// An answer that is whole before its request says that it is out.
class UpstreamCallTest {

    private final Timers timers = new Timers();
    private final HttpClient client = new HttpClient();
    private final Request request = client.newRequest("http://127.0.0.1:1");
    private final Response answer = new HttpResponse(request);

    UpstreamCallTest() {
        client.setScheduler(timers);
    }

    @Test
    void keepsTheConnectionOfARequestThatIsOnlyLateToSayThatItIsOut() {
        UpstreamCall call = call(new UpstreamBody.None());

        call.onSuccess(answer);

        assertThat(request.getAbortCause()).isNull();
        assertThat(timers.waiting).hasSize(1);

        call.onComplete(new Result(request, answer));

        assertThat(timers.waiting).isEmpty();
    }

    @Test
    void givesARequestUpThatDoesNotGoOut() {
        UpstreamCall call = call(new UpstreamBody.Bytes(new byte[1_000], "text/plain"));
        call.onSuccess(answer);

        timers.waiting.getFirst().run();

        assertThat(request.getAbortCause()).hasMessage("answered already");
    }

    private UpstreamCall call(UpstreamBody body) {
        Exchange exchange = Exchanges.withBody("");
        return new UpstreamCall(
                client,
                exchange,
                new UpstreamAddress("http", "127.0.0.1", 1, "127.0.0.1", "/", "127.0.0.1"),
                null,
                body,
                (_, _) -> {},
                UpstreamCall.Limits.DEFAULT,
                new Nobody(),
                Clock.SYSTEM);
    }

    /// Timers that go off when they are told to.
    private static final class Timers extends AbstractLifeCycle implements Scheduler {

        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            waiting.add(task);
            return () -> waiting.remove(task);
        }
    }

    private static final class Nobody implements UpstreamCall.Receiver {

        @Override
        public void onSent() {}

        @Override
        public void onHeaders(int status, HttpFields headers) {}

        @Override
        public void onContent(ByteBuffer bytes, Callback callback) {}

        @Override
        public void onEnd() {}

        @Override
        public void onFailure(GatewayError error, Throwable cause) {}
    }
}
