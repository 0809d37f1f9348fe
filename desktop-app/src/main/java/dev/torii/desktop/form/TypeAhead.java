package dev.torii.desktop.form;

import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;

/// Lets a list be searched by typing the first letters of an entry.
final class TypeAhead {

    private static final Duration FORGET = Duration.millis(800);

    private TypeAhead() {}

    static <T> void on(ComboBox<T> box) {
        var typed = new StringBuilder();
        var forget = new PauseTransition(FORGET);
        forget.setOnFinished(_ -> typed.setLength(0));
        box.addEventHandler(
                KeyEvent.KEY_TYPED,
                event -> {
                    String letter = event.getCharacter();
                    if (letter.isEmpty() || Character.isISOControl(letter.charAt(0))) {
                        return;
                    }
                    typed.append(letter.toLowerCase(Locale.ROOT));
                    forget.playFromStart();
                    for (T item : box.getItems()) {
                        String name = box.getConverter().toString(item).toLowerCase(Locale.ROOT);
                        if (name.startsWith(typed.toString())) {
                            box.getSelectionModel().select(item);
                            break;
                        }
                    }
                });
    }
}
