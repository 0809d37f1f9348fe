package dev.torii.engine.plugin;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.FormText;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which headers and query arguments of an exchange carry credentials: those that do by custom,
/// those that the configuration names, and the one that the provider's key goes into.
final class SecretNames {

    static final String MASK = "REDACTED";

    private static final Set<String> BY_CUSTOM =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "cookie",
                    "set-cookie",
                    "apikey",
                    "api-key",
                    "api_key",
                    "x-api-key",
                    "x-goog-api-key",
                    "x-auth-token",
                    "x-amz-security-token",
                    "key",
                    "token",
                    "access_token");

    private final Set<String> configured;
    private final @Nullable String providerParam;

    SecretNames(Exchange exchange) {
        configured = exchange.secretNames();
        LlmCall llm = exchange.llm();
        LlmTarget.Auth auth = llm == null ? null : llm.target().auth();
        providerParam = auth == null ? null : auth.paramName();
    }

    boolean contains(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return BY_CUSTOM.contains(lower)
                || configured.contains(lower)
                || name.equals(providerParam);
    }

    /// A path with its query, in which credentials are masked.
    String masked(String path, @Nullable String query) {
        return query == null ? path : path + '?' + FormText.masked(query, this::contains, MASK);
    }

    String masked(String uri) {
        int mark = uri.indexOf('?');
        return mark < 0 ? uri : masked(uri.substring(0, mark), uri.substring(mark + 1));
    }
}
