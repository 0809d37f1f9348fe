package dev.torii.desktop.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads the FXML file of a view: `XView.fxml` beside `XView`, which is its controller.
public final class Fxml {

    private final Messages messages;

    public Fxml(Messages messages) {
        this.messages = messages;
    }

    /// Builds the nodes, with `view` made by the caller as their controller.
    public <T extends Parent> T load(Object view, Class<T> rootType) {
        Class<?> type = view.getClass();
        var loader = new FXMLLoader(type.getResource(type.getSimpleName() + ".fxml"));
        loader.setControllerFactory(_ -> view);
        loader.getNamespace().put("t", messages.texts());
        try {
            return rootType.cast(loader.load());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
