package dev.torii.engine.provider.gemini;

import dev.torii.engine.provider.CredentialException;
import dev.torii.model.config.Secret;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The access tokens of all service accounts that the configuration names. An account that it names
/// no more is forgotten with the process: there are few.
final class AccessTokens {

    /// Where an account stands that the configuration does not hold, as for Kong.
    private static final String VARIABLE = "GCP_SERVICE_ACCOUNT";

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Function<String, @Nullable String> environment;
    private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();

    private volatile @Nullable HttpClient client;

    AccessTokens(InstantSource clock, Function<String, @Nullable String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    /// A token that is valid for some time yet. Fails with a [CredentialException] when the file is
    /// no key file, or Google gives no token for it.
    ///
    /// @param account the JSON of its key file; null for the one in the environment
    CompletableFuture<String> token(@Nullable Secret account) {
        String json = account == null ? environment.apply(VARIABLE) : account.reveal();
        if (json == null || json.isBlank()) {
            return CompletableFuture.failedFuture(
                    new CredentialException(
                            "auth.gcp_use_service_account is set, but there is no service account:"
                                    + " set auth.gcp_service_account_json, or the variable "
                                    + VARIABLE
                                    + ", to the JSON of its key file"));
        }
        try {
            return of(json).value();
        } catch (CredentialException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private AccessToken of(String json) throws CredentialException {
        AccessToken known = tokens.get(json);
        if (known == null) {
            var fresh = new AccessToken(ServiceAccount.parse(json), client(), clock);
            AccessToken other = tokens.putIfAbsent(json, fresh);
            known = other == null ? fresh : other;
        }
        return known;
    }

    /// Made when first needed: most gateways never ask Google for a token.
    private HttpClient client() {
        HttpClient present = client;
        if (present == null) {
            present = HttpClient.newBuilder().connectTimeout(CONNECT).build();
            client = present;
        }
        return present;
    }
}
