package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.FormText;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Codec;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.ProviderRegistry;
import dev.torii.model.llm.RouteType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Turns an LLM call into a call upstream, and chooses how its answer is read: the one place where
/// the road asks a provider.
final class LlmForwarder {

    sealed interface Result {}

    record Ready(UpstreamAddress address, UpstreamBody body) implements Result {}

    record Refused(int status, String message) implements Result {}

    private final ProviderRegistry providers;

    LlmForwarder(ProviderRegistry providers) {
        this.providers = providers;
    }

    Result prepare(LlmCall call, Exchange exchange, JettyClientRequest request) {
        LlmTarget target = call.target();
        Provider provider = providers.find(target.provider());
        if (provider == null || !provider.serves(target.routeType())) {
            return new Refused(
                    400,
                    "no transformer for "
                            + target.provider()
                            + "://"
                            + target.routeType().wireName());
        }
        Endpoint endpoint;
        try {
            endpoint = provider.endpoint(target);
        } catch (IllegalArgumentException e) {
            return new Refused(500, "model.options.upstream_url: " + e.getMessage());
        }
        dropSecrets(exchange);
        addParameter(target.auth(), call, exchange);
        provider.headers(target).forEach(exchange.upstreamHeaders()::set);
        byte[] body;
        try {
            body = provider.codec().encodeRequest(call);
        } catch (UnsayableException e) {
            return new Refused(400, String.valueOf(e.getMessage()));
        }
        call.upstreamBody(body);
        return new Ready(
                UpstreamAddress.ofEndpoint(endpoint, request.normalizedPath()),
                body.length == 0
                        ? new UpstreamBody.None()
                        : new UpstreamBody.Bytes(body, contentType(target, request)));
    }

    private static String contentType(LlmTarget target, JettyClientRequest request) {
        String sent = request.header("content-type");
        return target.routeType() == RouteType.PRESERVE && sent != null ? sent : "application/json";
    }

    /// Keys that clients show the gateway in the query stay here.
    private static void dropSecrets(Exchange exchange) {
        String query = exchange.upstreamQuery();
        if (query != null) {
            query =
                    FormText.without(
                            query,
                            name -> exchange.secretNames().contains(name.toLowerCase(Locale.ROOT)));
            exchange.upstreamQuery(query.isEmpty() ? null : query);
        }
    }

    private static void addParameter(
            LlmTarget.@Nullable Auth auth, LlmCall call, Exchange exchange) {
        if (auth == null || auth.paramName() == null || auth.paramValue() == null) {
            return;
        }
        String name = auth.paramName();
        String value = auth.paramValue().reveal();
        if ("body".equals(auth.paramLocation())) {
            ObjectNode body = call.request().json();
            if (body != null && !(auth.allowOverride() && body.has(name))) {
                call.request().edit().put(name, value);
            }
        } else if (!auth.allowOverride() || exchange.request().queryValues(name).isEmpty()) {
            String sent = exchange.upstreamQuery();
            String query = sent == null ? "" : FormText.without(sent, name);
            String parameter = encoded(name) + "=" + encoded(value);
            exchange.upstreamQuery(query.isEmpty() ? parameter : query + "&" + parameter);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A refusal is said in the client's words, without the key, should it quote that. Any other
    /// answer that is no 200 passes as it is, and so does what is compressed against our word.
    AnswerRelay relay(LlmCall call, int status, HttpFields headers) {
        Provider provider = providers.find(call.target().provider());
        if (provider == null || headers.contains(HttpHeader.CONTENT_ENCODING)) {
            return new AnswerRelay.Through();
        }
        if (status >= 400) {
            return refusal(call, provider.codec(), status);
        }
        if (status != 200) {
            return new AnswerRelay.Through();
        }
        Codec codec = provider.codec();
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            return new AnswerRelay.Streamed(codec.stream(call));
        }
        if (call.target().routeType() == RouteType.PRESERVE
                && (type == null || !type.contains("json"))) {
            return new AnswerRelay.Through();
        }
        return new AnswerRelay.Held(
                body -> new AnswerRelay.Whole(status, codec.decodeAnswer(call, body)));
    }

    private static AnswerRelay refusal(LlmCall call, Codec codec, int status) {
        KeyMask mask = KeyMask.of(call.target().auth());
        return new AnswerRelay.Held(body -> {
            Codec.Refusal refusal = codec.decodeRefusal(status, body);
            byte[] shown = refusal.body();
            return new AnswerRelay.Whole(refusal.status(), mask == null ? shown : mask.hide(shown));
        });
    }
}
