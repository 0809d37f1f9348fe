package dev.torii.engine.provider.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.provider.CredentialException;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The access token of one service account. It is fetched when first asked for and again ahead of
/// its end, once at a time; while one is valid nobody waits. Source: Google's documentation, "Using
/// OAuth 2.0 for server to server applications".
final class AccessToken {

    private static final Logger LOG = LoggerFactory.getLogger(AccessToken.class);

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /// How long before its end a token is fetched anew.
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /// How long before its end a token is taken for ended: it has to arrive yet.
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private record Token(String value, Instant end) {}

    private final ServiceAccount account;
    private final HttpClient client;
    private final InstantSource clock;
    private final AtomicReference<@Nullable CompletableFuture<Token>> fetching =
            new AtomicReference<>();

    private volatile @Nullable Token token;

    AccessToken(ServiceAccount account, HttpClient client, InstantSource clock) {
        this.account = account;
        this.client = client;
        this.clock = clock;
    }

    /// There at once, except while there is no token that is valid.
    CompletableFuture<String> value() {
        Instant now = clock.instant();
        Token known = token;
        if (known == null || !now.isBefore(known.end.minus(MARGIN))) {
            return fetch(known).handle(this::fetched);
        }
        if (!now.isBefore(known.end.minus(AHEAD))) {
            var _ = fetch(known);
        }
        return CompletableFuture.completedFuture(known.value);
    }

    private String fetched(@Nullable Token fresh, @Nullable Throwable failure) {
        if (fresh == null) {
            throw new CompletionException(
                    new CredentialException(
                            "no access token for "
                                    + account.email()
                                    + " from "
                                    + account.tokenUri()
                                    + ": "
                                    + reason(failure),
                            failure));
        }
        return fresh.value;
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause == null ? null : cause.getMessage();
        return message == null ? String.valueOf(cause) : message;
    }

    /// @param known the token to replace; somebody may have done so by now
    private CompletableFuture<Token> fetch(@Nullable Token known) {
        var mine = new CompletableFuture<Token>();
        CompletableFuture<Token> others = fetching.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        Token current = token;
        if (current != null && !current.equals(known)) {
            fetching.set(null);
            mine.complete(current);
            return mine;
        }
        Instant now = clock.instant();
        var _ =
                asked(now)
                        .thenApply(response -> read(response, now))
                        .whenComplete((fresh, failure) -> {
                            if (failure == null) {
                                token = fresh;
                                fetching.set(null);
                                mine.complete(fresh);
                            } else {
                                LOG.warn(
                                        "no access token for {}: {}",
                                        account.email(),
                                        reason(failure));
                                fetching.set(null);
                                mine.completeExceptionally(failure);
                            }
                        });
        return mine;
    }

    private CompletableFuture<HttpResponse<byte[]>> asked(Instant now) {
        String form =
                "grant_type="
                        + URLEncoder.encode(GRANT, StandardCharsets.UTF_8)
                        + "&assertion="
                        + account.assertion(now);
        return client.sendAsync(
                HttpRequest.newBuilder(account.tokenUri())
                        .timeout(TIMEOUT)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static Token read(HttpResponse<byte[]> response, Instant asked) {
        ObjectNode json = Json.parseObjectOrNull(response.body());
        if (response.statusCode() != 200) {
            String error = json == null ? "" : json.path("error").asText("");
            String why = json == null ? "" : json.path("error_description").asText("");
            throw refused(
                    "answered "
                            + response.statusCode()
                            + (error.isEmpty() ? "" : ", " + error)
                            + (why.isEmpty() ? "" : ": " + why));
        }
        String value = json == null ? null : json.path("access_token").textValue();
        if (json == null || value == null) {
            throw refused("answered without an access_token");
        }
        return new Token(value, asked.plusSeconds(json.path("expires_in").asLong(3600)));
    }

    private static CompletionException refused(String message) {
        return new CompletionException(new IOException(message));
    }
}
