package dev.torii.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Computes anew, from the style sheets themselves, that what is to be read can be read.
class ThemeContrastTest {

    private static final double TEXT = 4.5;
    private static final double GRAPHIC = 3;
    private static final Pattern VARIABLE = Pattern.compile("(-[a-z0-9-]+):\\s*([^;]+);");

    /// Text and what it stands on.
    private static final List<List<String>> PAIRS =
            List.of(
                    List.of("-color-fg-default", "-t-page"),
                    List.of("-color-fg-default", "-t-side"),
                    List.of("-color-fg-default", "-t-card"),
                    List.of("-color-fg-default", "-t-selected"),
                    List.of("-color-fg-default", "-t-hover"),
                    List.of("-color-fg-muted", "-t-page"),
                    List.of("-color-fg-muted", "-t-side"),
                    List.of("-color-fg-muted", "-t-card"),
                    List.of("-color-fg-muted", "-t-inset"),
                    List.of("-color-fg-muted", "-t-selected"),
                    List.of("-t-acc-text", "-t-selected"),
                    List.of("-t-ok-text", "-t-add-bg"),
                    List.of("-t-warn-text", "-t-chg-bg"),
                    List.of("-t-err-text", "-t-del-bg"),
                    List.of("-t-err-text", "-t-card"),
                    List.of("-color-fg-default", "-t-del-bg"),
                    List.of("-color-fg-muted", "-t-del-bg"),
                    List.of("-t-code-key", "-t-inset"),
                    List.of("-t-code-str", "-t-inset"),
                    List.of("-t-code-num", "-t-inset"),
                    List.of("-t-code-kw", "-t-inset"));

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textIsReadable(String theme) {
        Map<String, String> colors = colors(theme);
        assertThat(PAIRS)
                .allSatisfy(pair ->
                        assertThat(contrast(colors, pair.get(0), pair.get(1)))
                                .as("%s on %s", pair.get(0), pair.get(1))
                                .isGreaterThanOrEqualTo(TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everySeriesStandsOutFromItsCard(String theme) {
        Map<String, String> colors = colors(theme);
        for (int i = 0; i <= 6; i++) {
            assertThat(contrast(colors, "-t-s" + i, "-t-card"))
                    .as("series %s", i)
                    .isGreaterThanOrEqualTo(GRAPHIC);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void bothThemesDefineTheSameTokens(String theme) {
        assertThat(tokens(theme).keySet())
                .isEqualTo(tokens(theme.equals("light") ? "dark" : "light").keySet());
    }

    private static double contrast(Map<String, String> colors, String text, String ground) {
        double a = luminance(color(colors, text));
        double b = luminance(color(colors, ground));
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    }

    private static Color color(Map<String, String> colors, String name) {
        String value = Objects.requireNonNull(colors.get(name), name).strip();
        return value.startsWith("-") ? color(colors, value) : Color.web(value);
    }

    private static double luminance(Color color) {
        return .2126 * linear(color.getRed())
                + .7152 * linear(color.getGreen())
                + .0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= .04045 ? channel / 12.92 : Math.pow((channel + .055) / 1.055, 2.4);
    }

    private static Map<String, String> colors(String theme) {
        String primer =
                (theme.equals("light") ? new PrimerLight() : new PrimerDark())
                        .getUserAgentStylesheet()
                        .replace(".bss", ".css");
        Map<String, String> colors = variables(primer);
        colors.putAll(tokens(theme));
        return colors;
    }

    private static Map<String, String> tokens(String theme) {
        return variables("/dev/torii/desktop/theme/tokens-" + theme + ".css");
    }

    private static Map<String, String> variables(String resource) {
        try (InputStream in = Theme.class.getResourceAsStream(resource)) {
            String css =
                    new String(
                            Objects.requireNonNull(in, resource).readAllBytes(),
                            StandardCharsets.UTF_8);
            Map<String, String> variables = new HashMap<>();
            Matcher matcher = VARIABLE.matcher(css);
            while (matcher.find()) {
                variables.putIfAbsent(matcher.group(1), matcher.group(2));
            }
            return variables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
