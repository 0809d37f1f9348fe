package dev.torii.model.api;

import dev.torii.model.llm.Loss;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One finished request: what the ledger keeps, `GET /torii/requests` lists and a `usage` event
/// tells. It holds no body, no header and no query.
///
/// Names are labels: the name where there is one, else the id or host. Token counts are null when
/// nothing is known about them, or no model was asked.
///
/// @param id the exchange's id, as the client got it in `X-Kong-Request-Id`
/// @param startedAt Unix milliseconds
/// @param provider null for a request that went to no model
/// @param model the model asked for
/// @param responseModel the model that answered, as it named itself
/// @param upstreamStatus null when no upstream answered
/// @param stream whether the answer was streamed
/// @param latencyMs from first to last byte
/// @param gatewayMs of which in the gateway before the upstream was asked
/// @param ttftMs until the first token; null where there was none
/// @param promptTokens all input tokens, cached ones included
/// @param cachedTokens of which read from the provider's prompt cache
/// @param cacheWriteTokens of which written to that cache
/// @param reasoningTokens of the completion tokens, those spent on reasoning
/// @param estimated whether the tokens were counted here, since the provider sent no count
/// @param costUsd null where no price is known
/// @param error a short word; null when nothing went wrong
/// @param losses what could not be said in the other dialect, or only in another way
public record RequestSummary(
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
        long latencyMs,
        long gatewayMs,
        @Nullable Long ttftMs,
        long requestBytes,
        long responseBytes,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens,
        @Nullable Long cachedTokens,
        @Nullable Long cacheWriteTokens,
        @Nullable Long reasoningTokens,
        boolean estimated,
        @Nullable BigDecimal costUsd,
        @Nullable String error,
        List<Loss> losses) {

    public RequestSummary {
        // Who wrote it may not know of losses yet.
        losses = losses == null ? List.of() : List.copyOf(losses);
    }

    public boolean failed() {
        return error != null || status >= 400;
    }
}
