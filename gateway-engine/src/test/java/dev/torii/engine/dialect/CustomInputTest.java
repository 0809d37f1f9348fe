package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.json.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Free text out of the arguments of a function. Row 30.
class CustomInputTest {

    private static final String PATCH =
            "*** Begin Patch\n*** Update File: a\\b.java\n-\t\"é\" / 日本 \uD83D\uDE00\n+\u0001\f\b\r\n*** End Patch";

    private static String inPieces(String arguments, int seed) {
        var random = new Random(seed);
        var input = new CustomInput();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < arguments.length()) {
            int to = Math.min(arguments.length(), at + 1 + random.nextInt(seed == 0 ? 1 : 9));
            String piece = input.take(arguments.substring(at, to));
            assertThat(
                            piece.isEmpty()
                                    || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                    .as("no half of a character in %s", piece)
                    .isTrue();
            text.append(piece);
            at = to;
        }
        return text.append(input.end()).toString();
    }

    @Test
    void unwrapsHoweverTheArgumentsAreCut() {
        String wrapped = Json.text(Json.object().put("input", PATCH));
        StringBuilder escaped = new StringBuilder("\n { \"input\" : \"");
        PATCH.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        escaped.append("\" }\n");
        for (int seed = 0; seed < 200; seed++) {
            assertThat(inPieces(wrapped, seed)).isEqualTo(PATCH);
            assertThat(inPieces(escaped.toString(), seed)).isEqualTo(PATCH);
        }
    }

    @Test
    void saysWhatHasComeAtOnce() {
        var input = new CustomInput();
        assertThat(input.take("{\"input\":\"ab")).isEqualTo("ab");
        assertThat(input.take("c\\")).isEqualTo("c");
        assertThat(input.take("n\\u00")).isEqualTo("\n");
        assertThat(input.take("e9")).isEqualTo("é");
        assertThat(input.take("\"}")).isEmpty();
        assertThat(input.end()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "*** Begin Patch|*** Begin Patch",
                "{\"why\":1,\"input\":\"x\"}|x",
                "{\"input\":\"x\",\"why\":1}|x",
                "{\"patch\":\"x\"}|{\"patch\":\"x\"}",
                "{\"input\":{\"a\":1}}|{\"input\":{\"a\":1}}",
                "{\"inp|{\"inp",
                "{}|{}",
                "\"text\"|\"text\"",
                "``|``"
            })
    void takesArgumentsOfAnotherShapeAsTheyAre(String arguments, String text) {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(inPieces(arguments, seed)).isEqualTo(text);
        }
    }

    @Test
    void keepsWhatCameOfArgumentsThatBreakOff() {
        assertThat(inPieces("{\"input\":\"abc\\u00", 3)).isEqualTo("abc");
    }
}
