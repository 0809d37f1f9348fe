package dev.torii.desktop.ui;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atlantafx.base.controls.PasswordTextField;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/// A user at mouse and keyboard: waits until something is there, scrolls to it, clicks it, and
/// types. Text is pasted, since a robot has no keys for Japanese.
public final class Hands {

    private static final long PATIENCE_SECONDS = 15;

    /// The key that shortcuts are made with on this system.
    public static final KeyCode SHORTCUT =
            System.getProperty("os.name").startsWith("Mac") ? KeyCode.COMMAND : KeyCode.CONTROL;

    private final Stage stage;
    private final Robot robot = onFx(Robot::new);

    public Hands(Stage stage) {
        this.stage = stage;
    }

    /// Waits until the node can be seen and used.
    public Node see(String selector) {
        patiently(() -> assertThat(onFx(() -> ready(selector))).as(selector).isTrue());
        return onFx(() -> scene().lookup(selector));
    }

    /// Waits; where that is in vain, a picture shows what stood there instead.
    private void patiently(ThrowingRunnable assertion) {
        try {
            await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).untilAsserted(assertion);
        } catch (ConditionTimeoutException e) {
            onFx(() -> Pictures.take(scene(), "robot-stuck"));
            throw e;
        }
    }

    private boolean ready(String selector) {
        Node node = scene().lookup(selector);
        return node != null && !node.isDisabled() && shown(node);
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    private Scene scene() {
        return stage.getScene();
    }

    public void click(String selector) {
        click(see(selector));
    }

    private void click(Node node) {
        reveal(node);
        runOnFx(() -> {
            Bounds at = node.localToScreen(node.getLayoutBounds());
            robot.mouseMove(at.getCenterX(), at.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
        });
        settle();
    }

    /// Scrolls as the wheel would, until the node is in view.
    private static void reveal(Node node) {
        runOnFx(() -> {
            for (Node at = node.getParent(); at != null; at = at.getParent()) {
                if (at instanceof ScrollPane pane) {
                    Node content = pane.getContent();
                    double y =
                            content.sceneToLocal(node.localToScene(node.getLayoutBounds()))
                                    .getCenterY();
                    double view = pane.getViewportBounds().getHeight();
                    double room = content.getLayoutBounds().getHeight() - view;
                    if (room > 0) {
                        pane.setVvalue(Math.clamp((y - view / 2) / room, 0, 1));
                        pane.layout();
                    }
                }
            }
        });
        settle();
    }

    /// Lets what was set off by the last action happen.
    private static void settle() {
        runOnFx(() -> {});
        runOnFx(() -> {});
    }

    /// Clicks into a field and puts the text in place of what it holds.
    public void fill(String selector, String text) {
        click(selector);
        press(SHORTCUT, KeyCode.A);
        paste(text);
    }

    /// Pastes into what has the focus.
    public void paste(String text) {
        runOnFx(() -> {
            var content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        });
        press(SHORTCUT, KeyCode.V);
        patiently(() -> assertThat(onFx(this::focusedText)).contains(text));
    }

    private String focusedText() {
        return switch (scene().getFocusOwner()) {
            case PasswordTextField secret -> secret.getPassword();
            case TextInputControl input -> String.valueOf(input.getText());
            case ComboBox<?> box -> String.valueOf(box.getEditor().getText());
            case null, default -> "";
        };
    }

    public void press(KeyCode... keys) {
        runOnFx(() -> {
            for (KeyCode key : keys) {
                robot.keyPress(key);
            }
            for (KeyCode key : List.of(keys).reversed()) {
                robot.keyRelease(key);
            }
        });
        settle();
    }

    /// Opens a list and clicks the entry with this text.
    public void choose(String selector, String entry) {
        click(selector);
        patiently(() -> {
            Node cell = onFx(() -> entry(entry));
            assertThat(cell).as(entry).isNotNull();
        });
        Node cell = onFx(() -> entry(entry));
        assertThat(cell).isNotNull();
        runOnFx(() -> {
            Bounds at = cell.localToScreen(cell.getLayoutBounds());
            robot.mouseMove(at.getCenterX(), at.getCenterY());
            robot.mouseClick(MouseButton.PRIMARY);
        });
        settle();
    }

    private static @Nullable Node entry(String text) {
        for (Window window : Window.getWindows()) {
            if (window instanceof Stage || !window.isShowing()) {
                continue;
            }
            for (Node node : window.getScene().getRoot().lookupAll(".list-cell")) {
                if (node instanceof ListCell<?> cell
                        && text.equals(cell.getText())
                        && cell.getIndex() >= 0) {
                    return cell;
                }
            }
        }
        return null;
    }

    /// Waits until the node says so.
    public void reads(String selector, String part) {
        patiently(() -> assertThat(onFx(() -> text(selector))).as(selector).contains(part));
    }

    private String text(String selector) {
        Node node = scene().lookup(selector);
        if (node == null || !shown(node)) {
            return "";
        }
        return switch (node) {
            case Labeled label -> String.valueOf(label.getText());
            case TextInputControl input -> String.valueOf(input.getText());
            default -> "";
        };
    }
}
