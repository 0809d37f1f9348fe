package dev.torii.desktop.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// The looks: AtlantaFX Primer below, Torii's tokens and rules on top. Light and dark differ in the
/// tokens' file alone, which is swapped, so that menus, tooltips and other windows follow.
public final class Theme {

    /// What the user asked for.
    public enum Choice {
        SYSTEM,
        LIGHT,
        DARK
    }

    private static final List<String> FONTS =
            List.of(
                    "Inter-Regular",
                    "Inter-Medium",
                    "Inter-SemiBold",
                    "Inter-Bold",
                    "JetBrainsMono-Regular",
                    "JetBrainsMono-Medium");
    private static final double ANY_SIZE = 13;

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final List<Scene> scenes = new ArrayList<>();

    /// Loads the fonts; to be made on the JavaFX thread before the first scene.
    public Theme() {
        for (String font : FONTS) {
            Font.loadFont(resource("/dev/torii/desktop/fonts/" + font + ".ttf"), ANY_SIZE);
        }
        choice.subscribe(_ -> apply());
        Platform.getPreferences().colorSchemeProperty().subscribe(_ -> apply());
    }

    public ObjectProperty<Choice> choice() {
        return choice;
    }

    public ReadOnlyBooleanProperty dark() {
        return dark.getReadOnlyProperty();
    }

    /// Changes to the other of light and dark.
    public void toggle() {
        choice.set(dark.get() ? Choice.LIGHT : Choice.DARK);
    }

    /// Dresses a scene, now and whenever the theme changes.
    public void dress(Scene scene) {
        scenes.add(scene);
        scene.getStylesheets().setAll(sheets());
    }

    private void apply() {
        dark.set(
                switch (choice.get()) {
                    case LIGHT -> false;
                    case DARK -> true;
                    case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
                });
        Application.setUserAgentStylesheet(
                (dark.get() ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        scenes.forEach(scene -> scene.getStylesheets().setAll(sheets()));
    }

    private List<String> sheets() {
        return List.of(
                resource(
                        "/dev/torii/desktop/theme/tokens-"
                                + (dark.get() ? "dark" : "light")
                                + ".css"),
                resource("/dev/torii/desktop/theme/app.css"),
                resource("/dev/torii/desktop/theme/form.css"));
    }

    private static String resource(String path) {
        return Objects.requireNonNull(Theme.class.getResource(path), path).toExternalForm();
    }
}
