package dev.torii.engine.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// An HTTP/1.1 server on a free loopback port, down to the bytes, so that it can misbehave in every
/// way. It answers with what was enqueued, or with the standing answer, and keeps the requests.
public final class FakeUpstream implements AutoCloseable {

    /// A request as it came.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Received(String method, String target, Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /// Writes an answer; throwing or returning with `close` breaks the connection.
    @FunctionalInterface
    public interface Answer {
        void write(Received request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Thread accepting;
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile Answer standing = text(200, "hello");

    public FakeUpstream() {
        this(ServerSocketFactory.getDefault(), false);
    }

    private FakeUpstream(ServerSocketFactory sockets, boolean wantsCertificates) {
        try {
            listener = sockets.createServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (wantsCertificates && listener instanceof SSLServerSocket secure) {
            secure.setNeedClientAuth(true);
        }
        accepting = Thread.ofVirtual().start(this::accept);
    }

    /// One that speaks TLS.
    ///
    /// @param wantsCertificates serves only clients that show one that the context trusts
    public static FakeUpstream secure(SSLContext context, boolean wantsCertificates) {
        return new FakeUpstream(context.getServerSocketFactory(), wantsCertificates);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public void enqueue(Answer answer) {
        answers.add(answer);
    }

    /// What is answered when nothing is enqueued.
    public void always(Answer answer) {
        standing = answer;
    }

    /// The next request; waits for it.
    public Received take() throws InterruptedException {
        Received received = requests.poll(10, TimeUnit.SECONDS);
        if (received == null) {
            throw new AssertionError("no request came within 10 s");
        }
        return received;
    }

    /// Connections taken since the start.
    public int connections() {
        return sockets.size();
    }

    public int waiting() {
        return requests.size();
    }

    /// How many answers could not be written to the end because the gateway had hung up.
    public int broken() {
        return broken.get();
    }

    public static Answer text(int status, String body) {
        return whole(status, "text/plain", body);
    }

    public static Answer json(int status, String body) {
        return whole(status, "application/json", body);
    }

    public static Answer whole(int status, String contentType, String body, String... headers) {
        return (request, out) -> {
            byte[] bytes = body.getBytes(UTF_8);
            StringBuilder head =
                    new StringBuilder(
                            "HTTP/1.1 "
                                    + status
                                    + " Status\r\nContent-Type: "
                                    + contentType
                                    + "\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            out.write(head.toString().getBytes(ISO_8859_1));
            if (!request.method().equals("HEAD")) {
                out.write(bytes);
            }
        };
    }

    /// The head of an event stream; chunks follow.
    public static void startStream(OutputStream out) throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(ISO_8859_1));
        out.flush();
    }

    public static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        out.write(bytes);
        out.write("\r\n".getBytes(ISO_8859_1));
        out.flush();
    }

    public static void endStream(OutputStream out) throws IOException {
        out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        out.flush();
    }

    /// A whole event stream, one chunk for each event.
    public static Answer stream(String events) {
        return (_, out) -> {
            startStream(out);
            int from = 0;
            while (from < events.length()) {
                int blank = events.indexOf("\n\n", from);
                int to = blank < 0 ? events.length() : blank + 2;
                chunk(out, events.substring(from, to));
                from = to;
            }
            endStream(out);
        };
    }

    /// Closes the connection without an answer.
    public static Answer hangUp() {
        return (_, _) -> {
            throw new EOFException("told to hang up");
        };
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (listener.isClosed()) {
                    // Who had been waiting for a connection may still get one.
                    socket.close();
                    return;
                }
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                var _ = Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                Received request = read(in);
                requests.add(request);
                Answer next = answers.poll();
                try {
                    (next == null ? standing : next).write(request, out);
                    out.flush();
                } catch (EOFException told) {
                    return;
                } catch (IOException e) {
                    broken.incrementAndGet();
                    return;
                }
            }
        } catch (IOException e) {
            // The gateway closed an idle connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Received read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (a, b) -> a + ", " + b);
        }
        byte[] body =
                "chunked".equals(headers.get("transfer-encoding"))
                        ? chunks(in)
                        : in.readNBytes(
                                Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Received(first[0], first[1], headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16);
                size > 0;
                size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /// From then on nothing listens on its port: the system takes connections until the thread that
    /// waits for them has left.
    @Override
    public void close() {
        try {
            listener.close();
            accepting.join();
            for (Socket socket : new ArrayList<>(sockets)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
