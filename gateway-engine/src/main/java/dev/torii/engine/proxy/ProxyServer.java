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
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Jetty server of the proxy port.
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
    private final ConnectionStatistics connections = new ConnectionStatistics();

    /// Binds the port and starts serving.
    ///
    /// @param port 0 for any free one
    /// @throws IOException when the port cannot be had; the message is a sentence with the way out
    public ProxyServer(String bind, int port, GatewayServlet servlet) throws IOException {
        QueuedThreadPool threads = new Threads(MAX_THREADS, 4);
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
        connector = new ServerConnector(server, 1, SELECTORS, new HttpConnectionFactory(http));
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE);
        connector.setAcceptQueueSize(1024);
        connector.addBean(connections);
        server.addConnector(connector);
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
            server.start();
        } catch (Exception e) {
            close();
            throw notListening(bind, port, e);
        }
    }

    private static IOException notListening(String bind, int port, Exception e) {
        Throwable cause = e instanceof BindException || e.getCause() == null ? e : e.getCause();
        String reason = String.valueOf(cause.getMessage());
        String message;
        if (reason.contains("Permission denied")) {
            message =
                    "the proxy port %d on %s needs rights that this user does not have; choose one of 1024 or above with --proxy-port";
        } else if (cause instanceof BindException) {
            message =
                    "the proxy port %d on %s is taken by another process; stop that one, or choose another with --proxy-port";
        } else {
            message =
                    "the proxy cannot listen on port %d of %s; choose an address of this machine with --bind";
        }
        return new IOException(message.formatted(port, bind), e);
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
