package dev.torii.desktop.ui;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableStringValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The line at the bottom: how the engine is, where it listens, and what flows through it now.
public final class StatusBar {

    /// Below this width only what matters most is shown.
    private static final double WIDE = 940;

    private final HBox root;

    @FXML private Region dot;
    @FXML private Label state;
    @FXML private Label proxy;
    @FXML private Region adminRule;
    @FXML private Label admin;
    @FXML private Label requestRate;
    @FXML private Region tokenRule;
    @FXML private Label tokenRate;
    @FXML private Region costRule;
    @FXML private Label costToday;
    @FXML private Region revisionRule;
    @FXML private Label revision;

    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    public StatusBar(Fxml fxml, ShellViewModel model) {
        root = fxml.load(this, HBox.class);
        model.signal()
                .subscribe(signal ->
                        dot.getStyleClass().setAll("dot", signal.name().toLowerCase(Locale.ROOT)));
        BooleanBinding wide = root.widthProperty().greaterThan(WIDE);
        state.textProperty().bind(model.state());
        proxy.textProperty().bind(model.proxy());
        part(admin, adminRule, model.admin(), wide);
        requestRate.textProperty().bind(model.requestRate());
        BooleanBinding always = Bindings.createBooleanBinding(() -> true);
        part(tokenRate, tokenRule, model.tokenRate(), always);
        part(costToday, costRule, model.costToday(), always);
        costRule.visibleProperty().bind(tokenRate.visibleProperty());
        costRule.managedProperty().bind(tokenRate.visibleProperty());
        part(revision, revisionRule, model.revision(), wide);
    }

    Node root() {
        return root;
    }

    /// A text with its rule before it, both there only when there is something to say.
    private static void part(
            Label label, Region rule, ObservableStringValue text, BooleanBinding room) {
        label.textProperty().bind(text);
        BooleanBinding shown = Bindings.isNotEmpty(text).and(room);
        for (Region part : List.of(label, rule)) {
            part.visibleProperty().bind(shown);
            part.managedProperty().bind(shown);
        }
    }
}
