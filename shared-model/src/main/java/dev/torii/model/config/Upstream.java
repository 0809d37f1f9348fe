package dev.torii.model.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A name that stands for several targets, which share its requests. What was set to null counts as
/// its default here.
///
/// @param slots how finely hashes are spread
/// @param hostHeader sent to the targets in place of their own name
/// @param clientCertificate shown to targets that ask for one
/// @param useSrvName whether the name that a DNS SRV record gives is sent as the host
public record Upstream(
        String id,
        String name,
        Algorithm algorithm,
        HashInput hashOn,
        HashInput hashFallback,
        @Nullable String hashOnHeader,
        @Nullable String hashFallbackHeader,
        @Nullable String hashOnCookie,
        String hashOnCookiePath,
        @Nullable String hashOnQueryArg,
        @Nullable String hashFallbackQueryArg,
        @Nullable String hashOnUriCapture,
        @Nullable String hashFallbackUriCapture,
        int slots,
        Healthchecks healthchecks,
        @Nullable String hostHeader,
        @Nullable Ref clientCertificate,
        boolean useSrvName,
        @Nullable List<String> tags) {

    private static final int USUAL_SLOTS = 10_000;

    /// How requests are spread over the targets.
    public enum Algorithm {
        @JsonProperty("consistent-hashing")
        CONSISTENT_HASHING,
        @JsonProperty("least-connections")
        LEAST_CONNECTIONS,
        @JsonProperty("round-robin")
        ROUND_ROBIN,
        @JsonProperty("latency")
        LATENCY
    }

    /// What of a request is hashed.
    public enum HashInput {
        @JsonProperty("none")
        NONE,
        @JsonProperty("consumer")
        CONSUMER,
        @JsonProperty("ip")
        IP,
        @JsonProperty("header")
        HEADER,
        @JsonProperty("cookie")
        COOKIE,
        @JsonProperty("path")
        PATH,
        @JsonProperty("query_arg")
        QUERY_ARG,
        @JsonProperty("uri_capture")
        URI_CAPTURE
    }

    /// A JSON null arrives here as null, whatever the types say.
    public Upstream {
        algorithm = Objects.requireNonNullElse(algorithm, Algorithm.ROUND_ROBIN);
        hashOn = Objects.requireNonNullElse(hashOn, HashInput.NONE);
        hashFallback = Objects.requireNonNullElse(hashFallback, HashInput.NONE);
        hashOnCookiePath = Objects.requireNonNullElse(hashOnCookiePath, "/");
        slots = slots == 0 ? USUAL_SLOTS : slots;
        tags = tags == null ? null : List.copyOf(tags);
    }
}
