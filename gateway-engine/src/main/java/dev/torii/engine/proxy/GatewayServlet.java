package dev.torii.engine.proxy;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Timings;
import dev.torii.engine.provider.ProviderRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.io.ClientConnector;

/// The proxy: opens an exchange for each request and sends it on its road. Everything runs on the
/// non-blocking lane, so nothing here or behind it may wait.
public final class GatewayServlet extends AsyncProxyServlet {

    private static final long serialVersionUID = 1L;

    /// Requests that may wait for a connection to one upstream; more are answered 503.
    private static final int MAX_QUEUED = 4096;

    /// How long an upstream without requests and connections is kept in mind, in milliseconds.
    private static final long UNUSED_UPSTREAM = 300_000;

    /// Proxies on the way give up after 30 seconds at the earliest.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final transient LiveConfig live;
    private final transient Duration patience;
    private final transient ProviderRegistry providers;
    private final transient EndedExchanges ended;
    private final transient Clock clock;
    private final transient LongAdder requests = new LongAdder();

    /// Set by `init`, before the first request.
    @SuppressWarnings("NullAway.Init")
    private transient Road road;

    public GatewayServlet(
            LiveConfig live, ProviderRegistry providers, EndedExchanges ended, Clock clock) {
        this(live, providers, ended, clock, PATIENCE);
    }

    /// @param patience how long a streamed answer may be silent before the client gets a sign of
    ///   life
    GatewayServlet(
            LiveConfig live,
            ProviderRegistry providers,
            EndedExchanges ended,
            Clock clock,
            Duration patience) {
        this.patience = patience;
        this.live = live;
        this.providers = providers;
        this.ended = ended;
        this.clock = clock;
    }

    @Override
    public void init() throws ServletException {
        super.init();
        // An answer before the answer is for this hop: it is read and not passed on.
        ProtocolHandlers interim = getHttpClient().getProtocolHandlers();
        interim.clear();
        interim.put(new ContinueProtocolHandler());
        interim.put(new ProcessingProtocolHandler());
        interim.put(new EarlyHintsProtocolHandler());
        road =
                new Road(
                        getHttpClient(),
                        new LlmForwarder(providers, clock),
                        ended,
                        clock,
                        patience);
    }

    @Override
    protected HttpClient newHttpClient(ClientConnector connector) {
        HttpClient client = new HttpClient(new UpstreamTransport(connector));
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        // Room for what the gateway adds to the headers that it takes.
        client.setMaxRequestHeadersSize(ProxyServer.HEADER_SIZE + ProxyServer.OWN_HEADERS);
        client.setMaxResponseHeadersSize(ProxyServer.HEADER_SIZE - ProxyServer.OWN_HEADERS);
        client.setMaxRequestsQueuedPerDestination(MAX_QUEUED);
        // What a configuration left behind that is not in force any more.
        client.setDestinationIdleTimeout(UNUSED_UPSTREAM);
        client.setConnectTimeout(UpstreamCall.USUAL_CONNECT_TIMEOUT);
        return client;
    }

    @Override
    protected void service(HttpServletRequest servletRequest, HttpServletResponse servletResponse) {
        requests.increment();
        ClientSide client = new ClientSide(servletRequest);
        LiveConfig.Compiled config = live.acquire();
        JettyClientRequest request = new JettyClientRequest(client.request());
        Exchange exchange =
                new Exchange(
                        newId(clock.millis()),
                        request,
                        config.consumers(),
                        new Timings(clock.millis(), clock.nanos()));
        new RequestFlow(road, config, exchange, request, client).start();
    }

    /// Requests since the start.
    public long requests() {
        return requests.sum();
    }

    /// 48 bits of time and 80 of chance: later ids are larger, so that the ledger's index on them
    /// only ever grows at its end.
    private static String newId(long millis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        long head = millis << 16 | random.nextInt(1 << 16);
        return hex.toHexDigits(head) + hex.toHexDigits(random.nextLong());
    }
}
