package dev.torii.engine.telemetry;

import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// One finished request, as the ledger keeps it. Names are labels: name where there is one, else id
/// or host.
///
/// @param startedAt Unix milliseconds
/// @param provider null for a request that went to no model
/// @param model the model asked for
/// @param responseModel the model that answered
/// @param stream whether the answer was streamed
/// @param latencyMillis from first to last byte
/// @param firstTokenMillis until the first token; null where there was none
/// @param usage null where the request went to no model, or nothing is known
/// @param costUsd null where no price is known
/// @param error a short word; null when nothing went wrong
public record UsageRecord(
        String id,
        long startedAt,
        String method,
        String path,
        @Nullable String route,
        @Nullable String service,
        @Nullable String consumer,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String responseModel,
        int status,
        @Nullable Integer upstreamStatus,
        boolean stream,
        long latencyMillis,
        long gatewayMillis,
        @Nullable Long firstTokenMillis,
        long requestBytes,
        long responseBytes,
        @Nullable TokenUsage usage,
        @Nullable BigDecimal costUsd,
        @Nullable String error) {}
