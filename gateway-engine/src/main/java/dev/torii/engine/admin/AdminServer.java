package dev.torii.engine.admin;

import dev.torii.engine.openapi.SelfDescribing;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.json.Json;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The admin port: a server of its own, apart from the proxy's, with [AdminGuard] in front of
/// everything. Its servlets run on virtual threads and may block.
public final class AdminServer implements AutoCloseable {

    /// Keys in paths may hold what a path usually may not, percent-encoded.
    private static final UriCompliance LENIENT =
            UriCompliance.DEFAULT.with(
                    "TORII_ADMIN",
                    EnumSet.of(
                                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                                    UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                                    UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS,
                                    UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)
                            .toArray(UriCompliance.Violation[]::new));

    /// One accepts and one selects, whatever the machine; requests have virtual threads.
    private static final int ADMIN_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    private AdminServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /// A servlet and where it answers.
    ///
    /// @param path a servlet path such as `/torii/*`; `/` takes all that no other does
    public record Mapping(String path, HttpServlet servlet) {}

    /// Starts the admin port, with [OpenApiServlet] beside what is mapped.
    ///
    /// @param bind the address to listen on
    /// @param port 0 takes a free one
    /// @param allowedHosts names other than the loopback ones that the port may be called by
    /// @param managers the only web pages that may call it; when empty, those of this machine may
    /// @throws IOException when the port cannot be had; the message is a sentence with the way out
    public static AdminServer start(
            String bind,
            int port,
            Set<String> allowedHosts,
            List<WebOrigin> managers,
            List<Mapping> mappings)
            throws IOException {
        List<Mapping> all = new ArrayList<>(mappings);
        all.add(new Mapping(AdminPaths.OPENAPI + "/*", new OpenApiServlet(describing(mappings))));
        return serve(
                "admin",
                bind,
                port,
                new AdminGuard(allowedHosts, new AllowedPages(managers), servlets(all)));
    }

    private static List<SelfDescribing> describing(List<Mapping> mappings) {
        return mappings.stream()
                .map(Mapping::servlet)
                .filter(SelfDescribing.class::isInstance)
                .map(SelfDescribing.class::cast)
                .toList();
    }

    /// Starts the status port, which is open to whoever reaches it, but to no web page that would
    /// change something.
    ///
    /// @param managers as for the admin port
    /// @throws IOException when the port cannot be had; the message is a sentence with the way out
    public static AdminServer startStatus(
            String bind, int port, List<WebOrigin> managers, List<Mapping> mappings)
            throws IOException {
        return serve(
                "status",
                bind,
                port,
                new PageGuard(new AllowedPages(managers), servlets(mappings)));
    }

    private static AdminServer serve(String name, String bind, int port, Handler handler)
            throws IOException {
        var threads = new QueuedThreadPool(ADMIN_THREADS);
        threads.setName(name);
        threads.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(name + "-", 0).factory()));
        var server = new Server(threads);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(LENIENT);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(bind);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new KongHeaders(handler));
        server.setErrorHandler(AdminServer::plainError);
        server.setStopAtShutdown(false);
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw notListening(name, bind, port, e);
        }
        return new AdminServer(server, connector);
    }

    private static ServletContextHandler servlets(List<Mapping> mappings) {
        var context = new ServletContextHandler();
        context.setContextPath("/");
        context.setMaxFormKeys(UrlEncoded.MOST);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.setErrorHandler(AdminServer::plainError);
        for (Mapping mapping : mappings) {
            var holder = new ServletHolder(mapping.servlet());
            holder.setAsyncSupported(true);
            holder.getRegistration()
                    .setMultipartConfig(
                            new MultipartConfigElement(
                                    "",
                                    BodyReader.MAX_BODY,
                                    BodyReader.MAX_BODY,
                                    BodyReader.MAX_BODY));
            context.addServlet(holder, mapping.path());
        }
        return context;
    }

    /// What Jetty itself refuses, such as a request line that is none.
    private static boolean plainError(Request request, Response response, Callback callback) {
        String message = HttpStatus.getMessage(response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, KongHeaders.JSON);
        response.write(
                true, ByteBuffer.wrap(Json.bytes(Json.object().put("message", message))), callback);
        return true;
    }

    private static IOException notListening(String name, String bind, int port, Exception e) {
        Throwable cause = e instanceof BindException || e.getCause() == null ? e : e.getCause();
        String reason = String.valueOf(cause.getMessage());
        String message;
        if (reason.contains("Permission denied")) {
            message =
                    "the %1$s port %2$d on %3$s needs rights that this user does not have; choose one of 1024 or above with --%1$s-port";
        } else if (cause instanceof BindException) {
            message =
                    "the %1$s port %2$d on %3$s is taken by another process; stop that one, or choose another with --%1$s-port";
        } else {
            message = "the %1$s port cannot listen on %3$s:%2$d: " + reason.replace("%", "%%");
        }
        return new IOException(message.formatted(name, port, bind), e);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the admin server does not stop", e);
        }
    }
}
