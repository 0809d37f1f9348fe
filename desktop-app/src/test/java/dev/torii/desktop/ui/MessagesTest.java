package dev.torii.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern ENGLISH_WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");

    /// Names, wire words, units and keys that are the same in Japanese.
    private static final Set<String> SAME_IN_JAPANESE =
            Set.of(
                    "AI",
                    "API",
                    "Del",
                    "Prometheus",
                    "Space",
                    "ai-proxy",
                    "English",
                    "PC",
                    "PID",
                    "Torii",
                    "URL",
                    "JSON",
                    "YAML",
                    "ID",
                    "tok",
                    "s",
                    "ms",
                    "p50",
                    "p95",
                    "curl",
                    "Python",
                    "Vault",
                    "Ctrl",
                    "Enter",
                    "Esc",
                    "Tab",
                    "Backspace",
                    "HTTP",
                    "Alt");

    private final Properties english = read("messages.properties");
    private final Properties japanese = read("messages_ja.properties");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(new TreeSet<>(japanese.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    }

    @Test
    void everyKeyHasTwoParts() {
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(key).matches("[a-z][A-Za-z]*\\.[a-z][A-Za-z0-9]*"));
    }

    @Test
    void bothLanguagesTakeTheSameArguments() {
        assertThat(english.stringPropertyNames())
                .allSatisfy(key ->
                        assertThat(arguments(japanese.getProperty(key)))
                                .as(key)
                                .isEqualTo(arguments(english.getProperty(key))));
    }

    @Test
    void noEnglishIsLeftInJapanese() {
        assertThat(japanese.stringPropertyNames())
                .allSatisfy(key ->
                        assertThat(words(japanese.getProperty(key)))
                                .as(key)
                                .isSubsetOf(SAME_IN_JAPANESE));
    }

    @Test
    void japaneseUsesFullWidthPunctuation() {
        assertThat(japanese.values())
                .allSatisfy(text -> assertThat(text.toString()).doesNotContainPattern("[?!,()]"));
    }

    @Test
    void noTextHoldsAQuoteThatFillingInWouldSwallow() {
        for (Properties texts : List.of(english, japanese)) {
            assertThat(texts.values())
                    .allSatisfy(text -> assertThat(text.toString()).doesNotContain("'"));
        }
    }

    @Test
    void noTextShouts() {
        for (Properties texts : List.of(english, japanese)) {
            assertThat(texts.values())
                    .allSatisfy(text -> assertThat(text.toString()).doesNotContainPattern("[!！]"));
        }
    }

    @Test
    void textsFollowTheLanguage() {
        var messages = new Messages(Locale.ENGLISH);
        var title = messages.text("screen.overview");
        assertThat(title.get()).isEqualTo("Overview");

        messages.speak(Locale.JAPANESE);

        assertThat(title.get()).isEqualTo("概要");
        assertThat(messages.texts().get("screen")).containsEntry("lab", "プロンプトラボ");
    }

    @Test
    void anUnknownLanguageSpeaksEnglish() {
        assertThat(new Messages(Locale.FRENCH).get("screen.overview")).isEqualTo("Overview");
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text)
                .results()
                .map(m -> m.group())
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = ENGLISH_WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static Properties read(String name) {
        var texts = new Properties();
        try (var in = Messages.class.getResourceAsStream("/dev/torii/desktop/" + name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return texts;
    }
}
