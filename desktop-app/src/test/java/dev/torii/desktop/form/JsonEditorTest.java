package dev.torii.desktop.form;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Theme;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FxTest.class)
class JsonEditorTest {

    private static final String JSON =
            "{\n  \"name\": \"chat\",\n  \"port\": 80,\n  \"on\": true\n}";

    private final Theme theme = onFx(Theme::new);
    private final Stage stage = onFx(Stage::new);

    @AfterEach
    void close() {
        runOnFx(stage::hide);
    }

    /// As in the window: the theme changes, and the next frame is drawn.
    private Map<String, Paint> colours(Theme.Choice choice) {
        runOnFx(() -> theme.choice().set(choice));
        return onFx(() -> {
            Parent root = stage.getScene().getRoot();
            root.applyCss();
            root.layout();
            return root.lookupAll("Text").stream()
                    .map(Text.class::cast)
                    .filter(text -> text.getText().contains("\""))
                    .collect(Collectors.toMap(Text::getText, Text::getFill));
        });
    }

    private void show() {
        runOnFx(() -> {
            var editor = new JsonEditor(Debounce.NONE, _ -> {});
            editor.show(JSON);
            stage.setScene(new Scene(editor, 400, 300));
            theme.dress(stage.getScene());
            stage.show();
        });
    }

    @Test
    void takesTheColoursOfTheThemeThatItIsShownIn() {
        show();
        Map<String, Paint> light = colours(Theme.Choice.LIGHT);
        Map<String, Paint> dark = colours(Theme.Choice.DARK);
        assertThat(dark).containsOnlyKeys(light.keySet()).isNotEqualTo(light);

        assertThat(colours(Theme.Choice.LIGHT)).isEqualTo(light);

        show();
        assertThat(colours(Theme.Choice.DARK)).isEqualTo(dark);
    }
}
