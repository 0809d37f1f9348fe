package dev.torii.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({"318, 318 ms", "999, 999 ms", "1000, 1.00 s", "1912, 1.91 s"})
    void writesLatencyWithItsUnit(long millis, String text) {
        assertThat(Formats.latency(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.84, $1.84", "0, $0.00", "0.004, <$0.01", "1234.5, '$1,234.50'"})
    void writesSumsInCents(BigDecimal dollars, String text) {
        assertThat(Formats.sum(dollars)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.01694, $0.0169", "0.000961, $0.00096", "0, $0.0000", "2, $2.0000"})
    void writesTheCostOfOneRequestFinely(BigDecimal dollars, String text) {
        assertThat(Formats.cost(dollars)).isEqualTo(text);
    }

    @Test
    void writesSpansInTheirTwoLargestUnits() {
        var english = new Messages(Locale.ENGLISH);

        assertThat(Formats.span(Duration.ofMinutes(192), english)).isEqualTo("3 h 12 min");
        assertThat(Formats.span(Duration.ofSeconds(32), english)).isEqualTo("32 s");
        assertThat(Formats.span(Duration.ofMinutes(192), new Messages(Locale.JAPANESE)))
                .isEqualTo("3時間12分");
    }
}
