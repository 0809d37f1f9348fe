package dev.torii.engine.proxy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The Jetty server of the proxy port.
public final class ProxyServer implements AutoCloseable {

    /// Enough for what little does not run on the selectors.
    private static final int MAX_THREADS = 16;

    private static final int REQUEST_HEADER_SIZE = 64 * 1024;

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
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
        threads.setName("torii-proxy");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(REQUEST_HEADER_SIZE);
        http.setResponseHeaderSize(REQUEST_HEADER_SIZE);
        // The upstream decides what a path means.
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
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
        // How long an unused connection to an upstream is kept.
        holder.setInitParameter("idleTimeout", "60000");
        // Streams hold a connection each for as long as they last.
        holder.setInitParameter("maxConnections", "4096");
        context.addServlet(holder, "/*");
        server.setHandler(new NonBlocking(new GracefulHandler(context)));
        server.setStopTimeout(DRAIN);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw notListening(bind, port, e);
        }
    }

    private static IOException notListening(String bind, int port, Exception cause) {
        boolean taken = cause instanceof BindException || cause.getCause() instanceof BindException;
        String message =
                taken
                        ? "the proxy port %d on %s is taken by another process; stop that one, or choose another with --proxy-port"
                        : "the proxy cannot listen on port %d of %s; choose an address of this machine with --bind";
        return new IOException(message.formatted(port, bind), cause);
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
}
