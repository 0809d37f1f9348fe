package dev.torii.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

    private static final Offset<Double> TINY = Offset.offset(1e-9);

    @ParameterizedTest
    @CsvSource({
        "1120, 6, 1200, 200",
        "300, 4, 300, 100",
        "209.3, 4, 300, 100",
        "7.9, 4, 8, 2",
        "1000, 2, 1000, 500",
        "0.3, 4, 0.3, 0.1"
    })
    void endsOnARoundNumberCloseAboveTheLargest(
            double largest, int lines, double top, double step) {
        Scale scale = Scale.holding(largest, lines);

        assertThat(scale.top()).isCloseTo(top, TINY);
        assertThat(scale.step()).isCloseTo(step, TINY);
    }

    @Test
    void holdsNothingToo() {
        assertThat(Scale.holding(0, 4).top()).isPositive();
    }
}
