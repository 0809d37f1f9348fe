package dev.torii.engine.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.Consumer;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client request on its way through the gateway and back. It is touched by one thread at a
/// time, and read by the recorder after it has ended.
public final class Exchange {

    private final String id;
    private final ClientRequest request;
    private final ConsumerDirectory consumers;
    private final Timings timings;
    private final HeaderEdits upstreamHeaders = new HeaderEdits();
    private final HeaderEdits responseHeaders = new HeaderEdits();
    private final List<Attempt> attempts = new ArrayList<>();
    private final ObjectNode log = Json.object();

    private @Nullable MatchedRoute match;
    private @Nullable Consumer consumer;
    private @Nullable String credentialId;
    private @Nullable LlmBody body;
    private Supplier<RouteFormat> format = () -> RouteFormat.USUAL;
    private @Nullable ClientCall clientCall;
    private @Nullable LlmCall llm;
    private @Nullable String upstreamQuery;
    private @Nullable String upstreamUri;
    private Supplier<Map<String, List<String>>> sentHeaders = Map::of;
    private Set<String> secretNames = Set.of();
    private @Nullable Outcome outcome;

    public Exchange(
            String id, ClientRequest request, ConsumerDirectory consumers, Timings timings) {
        this.id = id;
        this.request = request;
        this.consumers = consumers;
        this.timings = timings;
        this.upstreamQuery = request.query();
    }

    /// 32 lower-case hex characters; the client sees it as `X-Kong-Request-Id`.
    public String id() {
        return id;
    }

    public ClientRequest request() {
        return request;
    }

    /// The consumers and keys of the configuration that this exchange runs under.
    public ConsumerDirectory consumers() {
        return consumers;
    }

    public Timings timings() {
        return timings;
    }

    /// Null until routed, and for a request that matches no route.
    public @Nullable MatchedRoute match() {
        return match;
    }

    public void match(MatchedRoute match) {
        this.match = match;
    }

    /// Null until an auth plugin has found out.
    public @Nullable Consumer consumer() {
        return consumer;
    }

    /// The id of the credential that was shown; null for an anonymous consumer.
    public @Nullable String credentialId() {
        return credentialId;
    }

    public void authenticate(Consumer consumer, @Nullable String credentialId) {
        this.consumer = consumer;
        this.credentialId = credentialId;
    }

    /// The request body, once a plugin that needs it runs; an exchange that no plugin reads streams
    /// its body through.
    ///
    /// @throws IllegalStateException when the chain has not read it; a handler asks for it with
    ///   `needsBody`
    public LlmBody body() {
        LlmBody present = body;
        if (present == null) {
            throw new IllegalStateException("the request body has not been read");
        }
        return present;
    }

    public boolean bodyRead() {
        return body != null;
    }

    public void body(LlmBody body) {
        this.body = body;
    }

    /// Lets go of the body once nothing will read it again.
    public void forgetBody() {
        body = null;
    }

    /// Sets in what dialect the clients of the route speak; asked when a plugin first wants to
    /// know.
    public void format(Supplier<RouteFormat> format) {
        this.format = format;
    }

    /// What the client asks for. Decided once, so that who guards a request and who sends it read
    /// it alike; null when nothing tells in what dialect it is.
    ///
    /// @throws IllegalStateException when the chain has not read the body
    public @Nullable ClientCall clientCall() {
        if (clientCall == null) {
            clientCall = format.get().read(request, body());
        }
        return clientCall;
    }

    /// What the client asks for, as far as that is decided already; null otherwise.
    public @Nullable ClientCall decidedCall() {
        return clientCall;
    }

    /// The LLM call, when `ai-proxy` made one of this request.
    public @Nullable LlmCall llm() {
        return llm;
    }

    public void llm(LlmCall llm) {
        this.llm = llm;
    }

    /// Changes to the headers that go upstream.
    public HeaderEdits upstreamHeaders() {
        return upstreamHeaders;
    }

    /// Changes to the headers that go to the client.
    public HeaderEdits responseHeaders() {
        return responseHeaders;
    }

    /// The query that goes upstream, without its question mark.
    public @Nullable String upstreamQuery() {
        return upstreamQuery;
    }

    public void upstreamQuery(@Nullable String query) {
        upstreamQuery = query;
    }

    /// The path and query as sent upstream; null until something was sent.
    public @Nullable String upstreamUri() {
        return upstreamUri;
    }

    public void upstreamUri(String uri) {
        upstreamUri = uri;
    }

    /// The headers that the client was sent, names in lower case; empty until then.
    public Map<String, List<String>> sentHeaders() {
        return sentHeaders.get();
    }

    /// Sets the headers, which are put together when asked for, behind the request.
    public void sentHeaders(Supplier<Map<String, List<String>>> headers) {
        sentHeaders = headers;
    }

    /// Headers and query arguments, in lower case, that carry credentials under this configuration;
    /// whatever is written down about the exchange masks them.
    public Set<String> secretNames() {
        return secretNames;
    }

    public void secretNames(Set<String> names) {
        secretNames = names;
    }

    /// The calls made upstream, in order.
    public List<Attempt> attempts() {
        return attempts;
    }

    /// What plugins add to the log line, under their own keys.
    public ObjectNode log() {
        return log;
    }

    /// How it ended.
    ///
    /// @throws IllegalStateException before the end
    public Outcome outcome() {
        Outcome present = outcome;
        if (present == null) {
            throw new IllegalStateException("the exchange has not ended");
        }
        return present;
    }

    public boolean ended() {
        return outcome != null;
    }

    public void end(Outcome outcome) {
        this.outcome = outcome;
    }
}
