package dev.torii.engine.proxy;

import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Jetty server of the proxy ports.
public final class ProxyServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProxyServer.class);

    /// Enough for what little does not run on the selectors.
    private static final int MAX_THREADS = 16;

    /// Threads that read, towards the clients and as many towards the upstreams. They do the work
    /// too.
    private static final int SELECTORS =
            Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);

    /// The most of headers that a request or an answer has here, in bytes.
    static final int HEADER_SIZE = 64 * 1024;

    /// Of which the gateway's own.
    static final int OWN_HEADERS = 4 * 1024;

    /// How long an idle client connection is kept, in milliseconds.
    private static final long IDLE = 600_000;

    /// How long exchanges under way may take to end when the gateway stops, in milliseconds.
    private static final long DRAIN = 10_000;

    private final Server server;
    private final ServerConnector connector;
    private final @Nullable ServerConnector secureConnector;
    private final ConnectionStatistics connections = new ClientConnections();

    /// Binds the ports and starts serving.
    ///
    /// @param port 0 for any free one
    /// @param secure null for plain HTTP alone
    /// @throws IOException when a port cannot be had; the message is a sentence with the way out
    public ProxyServer(String bind, int port, @Nullable SecurePort secure, GatewayServlet servlet)
            throws IOException {
        // A port has threads of its own that accept and read.
        QueuedThreadPool threads =
                new Threads(secure == null ? MAX_THREADS : MAX_THREADS + 1 + SELECTORS, 4);
        threads.setName("torii-proxy");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADER_SIZE);
        // Each answer takes a buffer of this size; larger ones would not come out of Jetty's pool.
        http.setResponseHeaderSize(HEADER_SIZE);
        // The upstream decides what a path means.
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = connector(bind, port, new HttpConnectionFactory(http));
        secureConnector = secure == null ? null : secureConnector(bind, secure, http);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setAttribute("org.eclipse.jetty.server.Executor", threads);
        ServletHolder holder = new ServletHolder("gateway", servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(0);
        // No limit in all: the road has timeouts of its own.
        holder.setInitParameter("timeout", "0");
        holder.setInitParameter("selectors", Integer.toString(SELECTORS));
        // How long an unused connection to an upstream is kept.
        holder.setInitParameter("idleTimeout", "60000");
        // Streams hold a connection each for as long as they last.
        holder.setInitParameter("maxConnections", "4096");
        context.addServlet(holder, "/*");
        context.setErrorHandler(ProxyServer::refuse);
        server.setErrorHandler(ProxyServer::refuse);
        server.setHandler(new NonBlocking(new GracefulHandler(context)));
        server.setStopTimeout(DRAIN);
        try {
            open(connector, "proxy port", "--proxy-port");
            if (secureConnector != null) {
                open(secureConnector, "proxy's TLS port", "--proxy-tls-port");
            }
            server.start();
        } catch (Exception e) {
            close();
            connector.close();
            if (secureConnector != null) {
                secureConnector.close();
            }
            throw e instanceof IOException told
                    ? told
                    : new IOException("the proxy did not start: " + e.getMessage(), e);
        }
    }

    private ServerConnector connector(String bind, int port, ConnectionFactory... factories) {
        ServerConnector made = new ServerConnector(server, 1, SELECTORS, factories);
        made.setHost(bind);
        made.setPort(port);
        made.setIdleTimeout(IDLE);
        made.setAcceptQueueSize(1024);
        made.addBean(connections);
        server.addConnector(made);
        return made;
    }

    private ServerConnector secureConnector(String bind, SecurePort port, HttpConfiguration http) {
        var ssl =
                new SslConnectionFactory(new ProxySsl(port.tls()), HttpVersion.HTTP_1_1.asString());
        // Which host a request names is for the routes to look at.
        ssl.setEnsureSecureRequestCustomizer(false);
        return connector(bind, port.port(), ssl, new HttpConnectionFactory(http));
    }

    /// Takes the port before anything else, so that what fails is known to be this.
    private static void open(ServerConnector connector, String name, String option)
            throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            throw notListening(connector.getHost(), connector.getPort(), name, option, e);
        }
    }

    private static IOException notListening(
            String bind, int port, String name, String option, IOException e) {
        Throwable cause = e instanceof BindException || e.getCause() == null ? e : e.getCause();
        String reason = String.valueOf(cause.getMessage());
        String message;
        if (reason.contains("Permission denied")) {
            message =
                    "the %s %d on %s needs rights that this user does not have; choose one of 1024 or above with %s";
        } else if (cause instanceof BindException) {
            message =
                    "the %s %d on %s is taken by another process; stop that one, or choose another with %s";
        } else {
            message =
                    "the %s %d cannot be opened on %s; choose an address of this machine with --bind";
        }
        return new IOException(message.formatted(name, port, bind, option), e);
    }

    /// What Jetty itself refuses, such as a request that is no HTTP.
    private static boolean refuse(Request request, Response response, Callback callback) {
        String message = HttpStatus.getMessage(response.getStatus());
        Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        if (reason != null
                && HttpStatus.isClientError(response.getStatus())
                && !message.equals(reason)) {
            message = message + ": " + reason;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.write(
                true, ByteBuffer.wrap(Json.bytes(Json.object().put("message", message))), callback);
        return true;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    /// Where clients speak TLS; null where they cannot.
    public @Nullable InetSocketAddress secureAddress() {
        return secureConnector == null
                ? null
                : new InetSocketAddress(secureConnector.getHost(), secureConnector.getLocalPort());
    }

    /// Client connections since the start.
    public long accepted() {
        return connections.getConnectionsTotal();
    }

    /// Client connections now.
    public long active() {
        return connections.getConnections();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            log.atWarn()
                    .addKeyValue("seconds", DRAIN / 1000)
                    .log("stopped; requests that took longer than this to end were broken off");
        } catch (Exception e) {
            throw new IllegalStateException("the proxy did not stop", e);
        }
    }

    /// Says of the whole proxy that it never blocks, so that requests run on the thread that read
    /// them.
    private static final class NonBlocking extends Handler.Wrapper {

        NonBlocking(Handler handler) {
            super(handler);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    /// Jetty hands a connection whose answer has been written to another thread, which looks for
    /// the next request. Since nothing on the road waits, the thread that wrote can look itself: a
    /// fifth of a request's CPU was that hand-over.
    private static final class Threads extends QueuedThreadPool {

        Threads(int most, int least) {
            super(most, least);
        }

        @Override
        public void execute(Runnable job) {
            if (job instanceof Connection) {
                job.run();
            } else {
                super.execute(job);
            }
        }
    }
}
