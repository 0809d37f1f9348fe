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

    /// To be called on the user-interface thread.
    public void update(Rates rates) {
        now.set(rates);
    }
}
