package dev.torii.model.api;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The requests of one bucket of time and one group, added up.
///
/// @param bucket when the bucket begins, ISO-8601 in UTC; null when the report has no buckets
/// @param group the value of each name in `group_by`, in the order asked for; null where a request
///   has none, such as a consumer
/// @param errors requests that failed: status 400 and up, or broken off
/// @param promptTokens all input tokens, cached ones included
/// @param cachedTokens of which the provider read from its prompt cache
/// @param reasoningTokens of the completion tokens, those spent on reasoning
/// @param estimated requests whose tokens were counted here, since the provider sent no count
/// @param unpriced requests that used tokens of a model whose price is not known; `costUsd` leaves
///   them out
/// @param costUsd null when no request of the row has a known price
/// @param latencyMs from the request's first byte to the answer's last
/// @param ttftMs from the request's first byte to the first token of a stream
public record UsageRow(
        @Nullable String bucket,
        Map<String, @Nullable String> group,
        long requests,
        long errors,
        long promptTokens,
        long completionTokens,
        long cachedTokens,
        long reasoningTokens,
        long estimated,
        long unpriced,
        @Nullable BigDecimal costUsd,
        Percentiles latencyMs,
        Percentiles ttftMs) {

    // Written out, since the compact form loses the @Nullable inside the map's type.
    public UsageRow(
            @Nullable String bucket,
            Map<String, @Nullable String> group,
            long requests,
            long errors,
            long promptTokens,
            long completionTokens,
            long cachedTokens,
            long reasoningTokens,
            long estimated,
            long unpriced,
            @Nullable BigDecimal costUsd,
            Percentiles latencyMs,
            Percentiles ttftMs) {
        this.bucket = bucket;
        this.group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
        this.requests = requests;
        this.errors = errors;
        this.promptTokens = promptTokens;
        this.completionTokens = completionTokens;
        this.cachedTokens = cachedTokens;
        this.reasoningTokens = reasoningTokens;
        this.estimated = estimated;
        this.unpriced = unpriced;
        this.costUsd = costUsd;
        this.latencyMs = latencyMs;
        this.ttftMs = ttftMs;
    }
}
