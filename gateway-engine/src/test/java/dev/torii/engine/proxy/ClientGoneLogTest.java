package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.torii.engine.fake.FakeUpstream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A client that goes is nothing to warn of: the log keeps silent, the server's own included.
class ClientGoneLogTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int MUCH = 64 * 1024;

    private final FakeUpstream upstream = new FakeUpstream();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        log.start();
        root.addAppender(log);
        gateway = new TestGateway();
        String service =
                gateway.service("{\"host\":\"127.0.0.1\",\"port\":%d}".formatted(upstream.port()));
        gateway.route("{\"paths\":[\"/\"],\"service\":{\"id\":\"" + service + "\"}}");
    }

    /// All that there is to log is logged once the gateway is closed.
    @AfterEach
    void keepsSilent() {
        gone.countDown();
        gateway.close();
        upstream.close();
        root.detachAppender(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    private Socket ask() throws Exception {
        Socket socket = gateway.connect();
        socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
        return socket;
    }

    private void noticed() throws Exception {
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("client_closed");
    }

    @Test
    void beforeTheAnswer() throws Exception {
        upstream.enqueue((_, _) -> gone.await());
        try (Socket _ = ask()) {
            upstream.take();
        }
        noticed();
    }

    @Test
    void whileTheAnswerPauses() throws Exception {
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, "one");
            gone.await();
        });
        try (Socket socket = ask()) {
            socket.getInputStream().readNBytes(50);
        }
        noticed();
    }

    /// With its next request sent already, it is not watched, and only the write finds out.
    @Test
    void whileTheAnswerIsWritten() throws Exception {
        upstream.enqueue((_, out) -> {
            FakeUpstream.startStream(out);
            for (int i = 0; i < 1000; i++) {
                FakeUpstream.chunk(out, "x".repeat(MUCH));
            }
        });
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write((REQUEST + REQUEST).getBytes(UTF_8));
            socket.getInputStream().readNBytes(MUCH);
        }
        noticed();
    }

    @Test
    void whileItSendsItsBody() throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(
                            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nbody"
                                    .getBytes(UTF_8));
        }
        noticed();
    }
}
