package dev.torii.desktop.ui;

import javafx.scene.Node;

/// What a screen gives to the frame. Built when first shown, and kept.
public interface Page {

    Node root();

    /// The page comes into view, or is in view and shall show another place.
    void show(Location location);

    /// The page goes out of view: stop what costs.
    default void hide() {}
}
