package dev.torii.engine.exchange;

import dev.torii.engine.dialect.ClientDialects;
import dev.torii.model.config.Ref;
import dev.torii.model.config.Route;
import dev.torii.model.config.Service;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Exchanges for tests of plugins and of the chain.
public final class Exchanges {

    public static final String ID = "0123456789abcdef0123456789abcdef";

    public static final Service SERVICE = service("chat-service");
    public static final Route ROUTE = route("chat-route", SERVICE);

    /// A client of OpenAI's SDK wants a stream.
    public static final ClientCall CHAT =
            new ClientCall(
                    ClientDialects.installed().named("openai"),
                    Operation.CHAT,
                    "gpt-4o-mini",
                    true);

    private Exchanges() {}

    /// Matched to [#ROUTE] and [#SERVICE], with no consumers configured.
    public static Exchange of(ClientRequest request) {
        return of(request, ConsumerDirectory.EMPTY);
    }

    public static Exchange of(ClientRequest request, ConsumerDirectory consumers) {
        Exchange exchange = unrouted(request, consumers);
        exchange.match(new MatchedRoute(ROUTE, SERVICE, "/chat", Map.of()));
        return exchange;
    }

    /// A `POST /chat` whose body is here already.
    public static Exchange withBody(String body) {
        Exchange exchange =
                of(FakeClientRequest.post("/chat").header("Content-Type", "application/json"));
        exchange.body(new LlmBody(body.getBytes(StandardCharsets.UTF_8)));
        return exchange;
    }

    public static Exchange unrouted(ClientRequest request, ConsumerDirectory consumers) {
        return new Exchange(ID, request, consumers, new Timings(1_700_000_000_120L, 1_000_000));
    }

    /// A service whose id is its name with `-id` behind.
    public static Service service(String name) {
        return new Service(
                name + "-id",
                name,
                "https",
                "example.com",
                443,
                null,
                5,
                60_000,
                60_000,
                60_000,
                null,
                null,
                null,
                null,
                true,
                null);
    }

    /// A route whose id is its name with `-id` behind.
    public static Route route(String name, @Nullable Service service) {
        return new Route(
                name + "-id",
                name,
                List.of("http", "https"),
                null,
                null,
                List.of("/chat"),
                null,
                null,
                426,
                0,
                true,
                false,
                true,
                true,
                service == null ? null : new Ref(service.id()),
                null);
    }
}
