package dev.torii.engine.plugin.promptguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardPatternTest {

    private static final String[] TEXTS = {
        "", "登山", "a登山b", "line\n登山\nline", "abc", "ABC", "a.*b", "x.", "...", "foo\nbar", "日本語"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*登山.*",
                "登山",
                ".*",
                ".*.*",
                ".*a|b.*",
                "^.*abc",
                ".*^abc",
                "abc$.*",
                ".*?abc",
                "(?i).*abc.*",
                "\\.*",
                "a\\.*",
                "x\\\\.*",
                "[.*]",
                "(a.*)",
                ".*(a|登).*",
                "foo.*bar",
                "(?s)foo.*bar",
                "\\Q.*\\E",
                ".+",
                "(?i)ABC",
                "\\w+",
                "."
            })
    void findsWhatASearchWithTheWholePatternFinds(String regex) {
        for (String text : TEXTS) {
            assertThat(GuardPattern.of(regex).foundIn(text))
                    .as("%s in %s", regex, text)
                    .isEqualTo(Pattern.compile(regex).matcher(text).find());
        }
    }

    @Test
    void foldsTheCaseOfEveryAlphabet() {
        assertThat(GuardPattern.of("(?i).*été.*").foundIn("L'ÉTÉ")).isTrue();
        assertThat(GuardPattern.of("(?i)(été|hiver)").foundIn("L'ÉTÉ")).isTrue();
        assertThat(GuardPattern.of("été").foundIn("L'ÉTÉ")).isFalse();
    }

    @Test
    void endsSoonOnPatternsThatRunAwayElsewhere() {
        String text = "a".repeat(20_000);

        assertThat(GuardPattern.of("(a+)+$b").foundIn(text)).isFalse();
        assertThat(GuardPattern.of("(a|aa)*c").foundIn(text)).isFalse();
        assertThat(GuardPattern.of(".*.*.*=.*").foundIn(text)).isFalse();
    }
}
