package dev.torii.desktop.form;

import dev.torii.desktop.ui.Messages;

/// What all controls of one form share.
record Form(
        FormModel model, Messages messages, Words words, References references, Unfolded unfolded) {

    String text(String key, Object... arguments) {
        return words.text(key, arguments);
    }
}
