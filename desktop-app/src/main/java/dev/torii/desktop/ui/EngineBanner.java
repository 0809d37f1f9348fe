package dev.torii.desktop.ui;

import dev.torii.desktop.client.EngineConnection;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says over the page what is wrong with the engine, and offers the way out. Takes no room while
/// all is well.
public final class EngineBanner {

    private final EngineConnection connection;
    private final DialogService dialogs;
    private final Messages messages;
    private final VBox root;

    @FXML private HBox strip;
    @FXML private FontIcon icon;
    @FXML private Label cause;
    @FXML private Label consequence;
    @FXML private Button copyDetails;
    @FXML private Button retryNow;
    @FXML private Button startEngine;

    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    public EngineBanner(
            Fxml fxml,
            ShellViewModel model,
            EngineConnection connection,
            DialogService dialogs,
            Messages messages) {
        this.connection = connection;
        this.dialogs = dialogs;
        this.messages = messages;
        root = fxml.load(this, VBox.class);
        root.managedProperty().bind(root.visibleProperty());
        model.banner().subscribe(this::show);
    }

    Node root() {
        return root;
    }

    private void show(Optional<ShellViewModel.Banner> banner) {
        root.setVisible(banner.isPresent());
        banner.ifPresent(now -> {
            String look = now.severe() ? "err" : "warn";
            strip.getStyleClass().setAll("banner", look);
            icon.setIconLiteral(now.severe() ? "fth-wifi-off" : "fth-alert-triangle");
            icon.getStyleClass().setAll("ikonli-font-icon", "icon-" + look);
            cause.setText(now.cause());
            consequence.setText(now.consequence());
            show(copyDetails, now.severe() && !now.canRetry());
            show(retryNow, now.canRetry());
            show(startEngine, now.canStart());
        });
    }

    private static void show(Button button, boolean visible) {
        button.setVisible(visible);
        button.setManaged(visible);
    }

    @FXML
    void copyDetails() {
        var content = new ClipboardContent();
        content.putString(cause.getText() + "\n" + consequence.getText());
        Clipboard.getSystemClipboard().setContent(content);
        dialogs.toast(new DialogService.Toast(messages.get("toast.copied"), ""));
    }

    @FXML
    void retryNow() {
        connection.retryNow();
    }

    @FXML
    void startEngine() {
        connection.startEngine();
    }
}
