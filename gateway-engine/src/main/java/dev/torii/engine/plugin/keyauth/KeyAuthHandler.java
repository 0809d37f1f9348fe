package dev.torii.engine.plugin.keyauth;

import dev.torii.engine.exchange.ClientRequest;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.FormText;
import dev.torii.engine.exchange.HeaderEdits;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.KeyAuthCredential;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds out the consumer by the key that the request shows.
final class KeyAuthHandler implements PluginHandler {

    /// Bodies are read before anybody is known, so what is taken is bounded.
    private static final long MAX_BODY = 32L * 1024 * 1024;

    private static final String AUTHORIZATION = "authorization";
    private static final String BEARER = "Bearer ";

    private final KeyAuthConfig config;
    private final InstantSource clock;
    private final Set<String> secretNames;
    private final Decision noKey;
    private final Decision duplicateKey;
    private final Decision unauthorized;

    KeyAuthHandler(KeyAuthConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.secretNames =
                config.keyNames().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        noKey = challenge("No API key found in request");
        duplicateKey = challenge("Duplicate API key found");
        unauthorized = challenge("Unauthorized");
    }

    private Decision challenge(String message) {
        String realm = config.realm();
        String scheme = realm == null ? "Key" : "Key realm=\"" + realm.replace("\"", "\\\"") + '"';
        return new Decision.Refuse(401, message, Map.of("WWW-Authenticate", scheme));
    }

    @Override
    public boolean needsBody() {
        return config.keyInBody();
    }

    @Override
    public long maxBodySize() {
        return MAX_BODY;
    }

    @Override
    public Set<String> secretNames() {
        return secretNames;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        if (!config.runOnPreflight() && exchange.request().method().equals("OPTIONS")) {
            return Decision.proceed();
        }
        String anonymous = config.anonymous();
        if (anonymous == null) {
            return authenticate(exchange);
        }
        if (exchange.credentialId() != null) {
            // Another auth plugin knows the client already; one of them is enough.
            return Decision.proceed();
        }
        return authenticate(exchange) instanceof Decision.Proceed proceed
                ? proceed
                : admitAnonymous(exchange, anonymous);
    }

    private Decision authenticate(Exchange exchange) {
        BodyFields body = config.keyInBody() ? BodyFields.of(exchange) : BodyFields.NONE;
        for (String name : config.keyNames()) {
            Presented presented = presented(exchange.request(), body, name);
            if (presented instanceof Presented.Repeated) {
                return duplicateKey;
            }
            if (presented instanceof Presented.Single(String value)) {
                if (config.hideCredentials()) {
                    hide(exchange, body, name);
                }
                return value.isEmpty() ? noKey : admit(exchange, value);
            }
        }
        return noKey;
    }

    private Presented presented(ClientRequest request, BodyFields body, String name) {
        Presented presented = Presented.NOTHING;
        if (config.keyInHeader()) {
            presented = withoutBearer(name, Presented.of(request.headers(name)));
        }
        if (presented instanceof Presented.Nothing && config.keyInQuery()) {
            presented = Presented.of(request.queryValues(name));
        }
        return presented instanceof Presented.Nothing ? body.find(name) : presented;
    }

    /// SDKs of LLM providers can only send a key as `Authorization: Bearer …`.
    private static Presented withoutBearer(String name, Presented presented) {
        boolean bearer =
                name.equalsIgnoreCase(AUTHORIZATION)
                        && presented instanceof Presented.Single(String value)
                        && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer && presented instanceof Presented.Single(String value)
                ? new Presented.Single(value.substring(BEARER.length()).strip())
                : presented;
    }

    private static void hide(Exchange exchange, BodyFields body, String name) {
        exchange.upstreamHeaders().remove(name);
        String query = exchange.upstreamQuery();
        if (query != null) {
            String rest = FormText.without(query, name);
            exchange.upstreamQuery(rest.isEmpty() ? null : rest);
        }
        body.remove(name);
    }

    private Decision admit(Exchange exchange, String key) {
        Optional<KeyAuthCredential> credential =
                exchange.consumers()
                        .keyAuth(key)
                        .filter(found -> !found.expiredAt(clock.millis() / 1000));
        Optional<Consumer> consumer =
                credential.flatMap(found -> exchange.consumers().consumer(found.consumer().id()));
        if (credential.isEmpty() || consumer.isEmpty()) {
            return unauthorized;
        }
        admit(exchange, consumer.get(), credential.get().id());
        return Decision.proceed();
    }

    private static Decision admitAnonymous(Exchange exchange, String anonymous) {
        Optional<Consumer> consumer = exchange.consumers().consumer(anonymous);
        if (consumer.isEmpty()) {
            return Decision.refuse(
                    500, "anonymous consumer " + anonymous + " is configured but doesn't exist");
        }
        admit(exchange, consumer.get(), null);
        return Decision.proceed();
    }

    private static void admit(Exchange exchange, Consumer consumer, @Nullable String credentialId) {
        exchange.authenticate(consumer, credentialId);
        HeaderEdits headers = exchange.upstreamHeaders();
        headers.set("x-consumer-id", consumer.id());
        setOrRemove(headers, "x-consumer-custom-id", consumer.customId());
        setOrRemove(headers, "x-consumer-username", consumer.username());
        setOrRemove(headers, "x-credential-identifier", credentialId);
        setOrRemove(headers, "x-anonymous-consumer", credentialId == null ? "true" : null);
    }

    /// What a client sent under these names is never passed on.
    private static void setOrRemove(HeaderEdits headers, String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.set(name, value);
        }
    }
}
