package dev.torii.desktop.live;

import java.math.BigDecimal;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The few numbers that are shown wherever one is.
public final class LivePulse {

    /// How much flows now.
    ///
    /// @param costToday since midnight here; empty until the engine told
    public record Rates(
            double requestsPerSecond, double tokensPerSecond, Optional<BigDecimal> costToday) {

        public static final Rates NONE = new Rates(0, 0, Optional.empty());
    }

    private final ReadOnlyObjectWrapper<Rates> now = new ReadOnlyObjectWrapper<>(Rates.NONE);

    public ReadOnlyObjectProperty<Rates> now() {
        return now.getReadOnlyProperty();
    }

    /// Sets the rates; on the user-interface thread.
    void rates(double requestsPerSecond, double tokensPerSecond) {
        now.set(new Rates(requestsPerSecond, tokensPerSecond, now.get().costToday()));
    }

    /// Sets the cost of today; on the user-interface thread.
    void costToday(BigDecimal cost) {
        Rates rates = now.get();
        now.set(new Rates(rates.requestsPerSecond(), rates.tokensPerSecond(), Optional.of(cost)));
    }
}
