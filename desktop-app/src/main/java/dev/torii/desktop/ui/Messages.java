package dev.torii.desktop.ui;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

/// The words of the app in the language chosen. A key is `screen.nameOfText`: exactly two parts, so
/// that FXML can say `${t.screen.nameOfText}` and follow when the language changes.
public final class Messages {

    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.JAPANESE);

    static final String BUNDLE = "dev.torii.desktop.messages";

    private final ReadOnlyObjectWrapper<Locale> language;
    private final ObservableMap<String, ObservableMap<String, String>> texts =
            FXCollections.observableHashMap();
    private ResourceBundle bundle;

    public Messages(Locale wanted) {
        language = new ReadOnlyObjectWrapper<>(spoken(wanted));
        bundle = load(language.get());
        fillTexts();
    }

    private static Locale spoken(Locale wanted) {
        return wanted.getLanguage().equals(Locale.JAPANESE.getLanguage())
                ? Locale.JAPANESE
                : Locale.ENGLISH;
    }

    private static ResourceBundle load(Locale language) {
        return ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public ReadOnlyObjectProperty<Locale> language() {
        return language.getReadOnlyProperty();
    }

    public boolean japanese() {
        return language.get().equals(Locale.JAPANESE);
    }

    /// Speaks another language from now on.
    public void speak(Locale wanted) {
        bundle = load(spoken(wanted));
        fillTexts();
        language.set(spoken(wanted));
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /// The words for a key, with `{0}` and so on filled in. Numbers want to be text already.
    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0
                ? pattern
                : new MessageFormat(pattern, language.get()).format(arguments);
    }

    /// The same words, following the language.
    public StringBinding text(String key, Object... arguments) {
        return Bindings.createStringBinding(() -> get(key, arguments), language);
    }

    /// All words by the two parts of their keys: the `t` of FXML files.
    ObservableMap<String, ObservableMap<String, String>> texts() {
        return texts;
    }

    private void fillTexts() {
        for (String key : bundle.keySet()) {
            int dot = key.indexOf('.');
            texts.computeIfAbsent(key.substring(0, dot), _ -> FXCollections.observableHashMap())
                    .put(key.substring(dot + 1), bundle.getString(key));
        }
    }
}
