package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.FormText;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.CredentialException;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Lane;
import dev.torii.engine.provider.Outgoing;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.ProviderRegistry;
import dev.torii.engine.telemetry.TokenEstimator;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns an LLM call into a call upstream, and chooses how its answer is read: the one place where
/// the road asks a provider.
final class LlmForwarder {

    sealed interface Result {}

    /// @param bodies of the calls that it takes, one after the other
    /// @param vouching sets the headers that vouch for the call with this body
    /// @param answers how what comes back is read
    record Ready(
            UpstreamAddress address,
            List<byte[]> bodies,
            String contentType,
            Vouching vouching,
            LlmAnswers answers)
            implements Result {}

    @FunctionalInterface
    interface Vouching {
        /// Fails with a [dev.torii.engine.provider.CredentialException].
        CompletableFuture<Void> vouch(byte[] body);
    }

    record Refused(int status, String message) implements Result {}

    /// What the gateway can say by itself.
    record Answered(ErrorRenderer.Rendered answer) implements Result {}

    private final ProviderRegistry providers;
    private final Clock clock;

    LlmForwarder(ProviderRegistry providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    Result prepare(LlmCall call, Exchange exchange, JettyClientRequest request) {
        LlmTarget target = call.target();
        Provider provider = providers.find(target.provider());
        Lane lane =
                provider == null
                        ? null
                        : Lane.of(provider, call, () -> Instant.ofEpochMilli(clock.millis()));
        if (provider != null && lane == null && counts(call)) {
            return count(call);
        }
        if (provider == null || lane == null) {
            return new Refused(
                    400,
                    "no transformer for "
                            + target.provider()
                            + "://"
                            + target.routeType().wireName());
        }
        Endpoint endpoint;
        try {
            endpoint = provider.endpoint(target, lane.wanted());
        } catch (IllegalArgumentException e) {
            return new Refused(500, "model.options.upstream_url: " + e.getMessage());
        }
        List<byte[]> bodies;
        try {
            addBodyParameter(target.auth(), call);
            bodies = lane.codec().encodeRequests(call);
        } catch (UnsayableException e) {
            return new Refused(400, String.valueOf(e.getMessage()));
        }
        call.upstreamBody(bodies.getFirst());
        setQuery(call, endpoint, exchange);
        provider.headers(target).forEach(exchange.upstreamHeaders()::set);
        setBetas(call, lane, exchange);
        UpstreamAddress address = UpstreamAddress.ofEndpoint(endpoint, request.normalizedPath());
        Endpoint asked = endpoint.withPath(address.path());
        Vouching vouching =
                body ->
                        credentials(
                                        provider,
                                        target,
                                        new Outgoing(
                                                request.method(),
                                                asked,
                                                exchange.upstreamQuery(),
                                                body))
                                .thenAccept(headers ->
                                        headers.forEach(exchange.upstreamHeaders()::set));
        return new Ready(
                address,
                bodies,
                contentType(call, request),
                vouching,
                new LlmAnswers(call, lane.codec()));
    }

    private static CompletableFuture<Map<String, String>> credentials(
            Provider provider, LlmTarget target, Outgoing call) {
        LlmTarget.Auth auth = target.auth();
        return auth == null || auth.missing() == null
                ? provider.credentials(target, call)
                : CompletableFuture.failedFuture(
                        new CredentialException(
                                GatewayError.NoCredential.of(target.label(), auth.missing())
                                        .message()));
    }

    private static void setBetas(LlmCall call, Lane lane, Exchange exchange) {
        List<String> asked = call.client().betas();
        List<String> stay = lane.codec().betas(asked);
        if (stay.isEmpty() && !asked.isEmpty()) {
            exchange.upstreamHeaders().remove("anthropic-beta");
        } else if (!stay.equals(asked)) {
            exchange.upstreamHeaders().set("anthropic-beta", String.join(",", stay));
        }
    }

    private static boolean counts(LlmCall call) {
        return call.client().operation() == Operation.COUNT_TOKENS;
    }

    /// Who cannot be asked is counted for.
    private static Result count(LlmCall call) {
        ObjectNode body = call.request().json();
        try {
            if (body == null) {
                throw new UnsayableException("the body is not a JSON object");
            }
            LlmRequest request = call.client().dialect().readRequest(body);
            long tokens = TokenEstimator.count(call.target().model(), request);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json");
            headers.put("X-Torii-Estimate", "true");
            byte[] answer = call.client().dialect().writeCount(tokens);
            return new Answered(
                    new ErrorRenderer.Rendered(
                            200, headers, new String(answer, StandardCharsets.UTF_8)));
        } catch (UnsayableException e) {
            return new Refused(400, String.valueOf(e.getMessage()));
        }
    }

    private static String contentType(LlmCall call, JettyClientRequest request) {
        String sent = request.header("content-type");
        return call.client().operation() == Operation.PASS && sent != null
                ? sent
                : "application/json";
    }

    /// What goes upstream as the query: of the client's own what another dialect would not
    /// understand stays here, and so do keys that clients show the gateway; then what the provider
    /// wants, and the credential.
    private static void setQuery(LlmCall call, Endpoint endpoint, Exchange exchange) {
        String query = call.translated() ? null : exchange.upstreamQuery();
        if (query != null) {
            query =
                    FormText.without(
                            query,
                            name -> exchange.secretNames().contains(name.toLowerCase(Locale.ROOT)));
        }
        query = joined(query, endpoint.query());
        LlmTarget.Auth auth = call.target().auth();
        if (auth != null
                && auth.paramName() != null
                && auth.paramValue() != null
                && !"body".equals(auth.paramLocation())
                && (!auth.allowOverride()
                        || exchange.request().queryValues(auth.paramName()).isEmpty())) {
            query =
                    joined(
                            query,
                            encoded(auth.paramName()) + "=" + encoded(auth.paramValue().reveal()));
        }
        exchange.upstreamQuery(query);
    }

    /// Arguments behind others, which lose those of the same names.
    private static @Nullable String joined(@Nullable String query, String arguments) {
        Set<String> names =
                FormText.pairs(arguments).stream()
                        .map(FormText.Pair::name)
                        .collect(Collectors.toSet());
        String kept = query == null ? "" : FormText.without(query, names::contains);
        if (!arguments.isEmpty()) {
            kept = kept.isEmpty() ? arguments : kept + "&" + arguments;
        }
        return kept.isEmpty() ? null : kept;
    }

    private static void addBodyParameter(LlmTarget.@Nullable Auth auth, LlmCall call) {
        if (auth == null
                || auth.paramName() == null
                || auth.paramValue() == null
                || !"body".equals(auth.paramLocation())) {
            return;
        }
        ObjectNode body = call.request().json();
        if (body != null && !(auth.allowOverride() && body.has(auth.paramName()))) {
            call.request().edit().put(auth.paramName(), auth.paramValue().reveal());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
