package dev.torii.desktop.live;

import dev.torii.model.api.Percentiles;
import java.math.BigDecimal;
import java.util.Optional;

/// What a stretch of time adds up to.
///
/// @param cost empty where no request has a known price
public record Totals(
        long requests,
        long errors,
        long promptTokens,
        long completionTokens,
        long cachedTokens,
        Optional<BigDecimal> cost,
        Percentiles firstToken,
        Percentiles latency) {

    public static final Totals NONE =
            new Totals(0, 0, 0, 0, 0, Optional.empty(), Percentiles.NONE, Percentiles.NONE);

    public long tokens() {
        return promptTokens + completionTokens;
    }
}
