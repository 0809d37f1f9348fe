package dev.torii.desktop.ui;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The window's frame: sidebar, top bar, banner, page and status bar. Pages are made when they are
/// first shown, and kept.
public final class Shell {

    private static final KeyCombination BACK =
            new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final KeyCombination FORWARD =
            new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN);
    private static final List<KeyCode> DIGITS =
            List.of(KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4, KeyCode.DIGIT5);
    private static final List<Location> HOMES =
            Arrays.stream(Screen.values()).map(Screen::home).toList();

    private final Navigation navigation;
    private final Messages messages;
    private final Theme theme;
    private final Map<Screen, Supplier<Page>> makers;
    private final Map<Screen, Page> pages = new EnumMap<>(Screen.class);
    private final StackPane root;
    private @Nullable Page shown;

    @FXML private VBox entries;
    @FXML private VBox column;
    @FXML private Button back;
    @FXML private Button forward;
    @FXML private HBox crumbs;
    @FXML private Button themeButton;
    @FXML private FontIcon themeIcon;
    @FXML private Tooltip themeHint;
    @FXML private StackPane pageArea;

    /// @param makers how each screen's page is made
    /// @param banner what stands over the page when the engine is away
    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    public Shell(
            Fxml fxml,
            Navigation navigation,
            Messages messages,
            Theme theme,
            Map<Screen, Supplier<Page>> makers,
            EngineBanner banner,
            StatusBar statusBar,
            FxDialogs dialogs) {
        this.navigation = navigation;
        this.messages = messages;
        this.theme = theme;
        this.makers = makers;
        root = fxml.load(this, StackPane.class);
        root.getChildren().addAll(dialogs.layers());
        column.getChildren().add(1, banner.root());
        column.getChildren().add(statusBar.root());
        entries.getChildren().setAll(new Sidebar(navigation, messages, makers.keySet()).rows());
        back.disableProperty().bind(navigation.canGoBack().not());
        forward.disableProperty().bind(navigation.canGoForward().not());
        navigation.location().subscribe(this::show);
        messages.language().subscribe(this::speak);
        theme.dark().subscribe(this::showTheme);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
    }

    public Parent root() {
        return root;
    }

    private void show(Location location) {
        Supplier<Page> maker = makers.get(location.screen());
        if (maker == null) {
            return;
        }
        Page page = pages.get(location.screen());
        if (page == null) {
            page = maker.get();
            pages.put(location.screen(), page);
        }
        if (shown != null && !shown.equals(page)) {
            shown.hide();
        }
        shown = page;
        pageArea.getChildren().setAll(page.root());
        page.show(location);
        showTrail(location);
    }

    private void showTrail(Location location) {
        crumbs.getChildren().clear();
        List<Location> trail = location.trail();
        for (Location place : trail) {
            if (place.equals(trail.getLast())) {
                var here = new Label();
                here.textProperty().bind(name(place));
                crumbs.getChildren().add(here);
            } else {
                var link = new Hyperlink();
                link.textProperty().bind(name(place));
                link.setOnAction(_ -> navigation.go(place));
                var chevron = new FontIcon("fth-chevron-right");
                chevron.getStyleClass().add("i14");
                crumbs.getChildren().addAll(link, chevron);
            }
        }
    }

    private ObservableValue<String> name(Location place) {
        return switch (place) {
            case Location.Creating creating when creating.plugin() == null ->
                    messages.text("frame.newEntry");
            default ->
                    messages.language()
                            .map(_ ->
                                    place.ownName()
                                            .orElseGet(
                                                    () -> messages.get(place.screen().titleKey())));
        };
    }

    private void speak(Locale language) {
        root.getStyleClass().remove("ja");
        if (messages.japanese()) {
            root.getStyleClass().add("ja");
        }
        showTheme(theme.dark().get());
    }

    private void showTheme(boolean dark) {
        String hint = messages.get(dark ? "frame.themeLight" : "frame.themeDark");
        themeIcon.setIconLiteral(dark ? "fth-sun" : "fth-moon");
        themeHint.setText(hint);
        themeButton.setAccessibleText(hint);
    }

    private void shortcut(KeyEvent event) {
        if (BACK.match(event)) {
            navigation.back();
        } else if (FORWARD.match(event)) {
            navigation.forward();
        } else if (event.isShortcutDown()
                && !event.isAltDown()
                && DIGITS.contains(event.getCode())) {
            navigation.go(HOMES.get(DIGITS.indexOf(event.getCode())));
        } else {
            return;
        }
        event.consume();
    }

    @FXML
    void goBack() {
        navigation.back();
    }

    @FXML
    void goForward() {
        navigation.forward();
    }

    @FXML
    void switchLanguage() {
        messages.speak(messages.japanese() ? Locale.ENGLISH : Locale.JAPANESE);
    }

    @FXML
    void switchTheme() {
        theme.toggle();
    }
}
