package dev.torii.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTextTest {

    @Test
    void readsPairsInOrder() {
        assertThat(FormText.pairs("b=1&a=x%20y+z&&b&c="))
                .containsExactly(
                        new FormText.Pair("b", "1"),
                        new FormText.Pair("a", "x y z"),
                        new FormText.Pair("b", null),
                        new FormText.Pair("c", ""));
        assertThat(FormText.pairs("")).isEmpty();
    }

    @Test
    void takesAStrayPercentSignAsItIs() {
        assertThat(FormText.values("a=100%", "a")).containsExactly("100%");
    }

    @Test
    void leavesTheRestAsItWasWritten() {
        assertThat(FormText.without("a=%7E&k%65y=1&&b=+", "key")).isEqualTo("a=%7E&&b=+");
        assertThat(FormText.masked("a=%7E&k%65y=1&key&b=", "key"::equals, "***"))
                .isEqualTo("a=%7E&k%65y=***&key&b=");
    }
}
