package dev.torii.desktop.form;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.controls.PasswordTextField;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/// A secret. At rest it shows dots and its last four characters; going into the field and typing
/// replaces it. The eye shows it while it is held here.
final class SecretControl extends FieldControl {

    private final CustomTextField atRest = new CustomTextField();
    private final PasswordTextField typing = new PasswordTextField();
    private final StackPane both = new StackPane(typing, atRest);
    private boolean showing;
    private boolean revealed;

    SecretControl(Form form, FieldSpec.Text spec, FieldPath path) {
        super(form, spec, path);
        named(both);
        both.setFocusTraversable(false);
        typing.setPromptText(Prompts.of(spec));
        typing.setAccessibleText(form.words().label(spec));
        typing.setLeft(Icons.small(Feather.LOCK));
        typing.setRight(eye());
        typing.passwordProperty()
                .addListener((_, _, secret) -> {
                    if (!showing) {
                        write(secret.isEmpty() ? cleared() : TextNode.valueOf(secret));
                    }
                });
        typing.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        form.model().touch(path);
                        show();
                    }
                });
        atRest.setEditable(false);
        atRest.getStyleClass().add("mono-input");
        atRest.setAccessibleText(form.words().label(spec));
        atRest.setLeft(Icons.small(Feather.LOCK));
        atRest.setRight(eye());
        atRest.setOnMouseClicked(_ -> replace());
        atRest.addEventFilter(KeyEvent.KEY_PRESSED, this::leaveRest);
    }

    private Button eye() {
        Button eye = Icons.button(Feather.EYE, text("form.reveal"));
        eye.getStyleClass().add("inside");
        eye.setFocusTraversable(false);
        eye.setOnAction(_ -> reveal());
        return eye;
    }

    private void reveal() {
        revealed = !revealed;
        typing.setRevealPassword(revealed);
        if (atRest.isVisible()) {
            atRest.setText(revealed ? value().asText("") : SecretMask.mask(value().asText("")));
        }
    }

    private void leaveRest(KeyEvent event) {
        boolean pastes = event.isShortcutDown() && event.getCode() == KeyCode.V;
        boolean types =
                event.getCode().isLetterKey()
                        || event.getCode().isDigitKey()
                        || event.getCode() == KeyCode.BACK_SPACE
                        || event.getCode() == KeyCode.DELETE;
        if (pastes || (types && !event.isShortcutDown() && !event.isAltDown())) {
            replace();
            if (pastes) {
                typing.paste();
                event.consume();
            }
        }
    }

    /// Opens the field for a new secret; the old one stays until something is typed.
    private void replace() {
        showing = true;
        typing.clear();
        typing.setPromptText(text("form.replaceSecret"));
        showing = false;
        atRest.setVisible(false);
        typing.setVisible(true);
        typing.requestFocus();
    }

    @Override
    Node node() {
        return both;
    }

    @Override
    Node target() {
        return atRest.isVisible() ? atRest : typing;
    }

    @Override
    void show() {
        if (typing.isFocused()) {
            return;
        }
        boolean empty = value().isNull() || value().asText().isEmpty();
        showing = true;
        typing.setVisible(empty);
        atRest.setVisible(!empty);
        if (empty) {
            typing.clear();
            typing.setPromptText(Prompts.of(spec()));
        } else {
            String secret = value().asText();
            atRest.setText(revealed ? secret : SecretMask.mask(secret));
        }
        showing = false;
    }
}
