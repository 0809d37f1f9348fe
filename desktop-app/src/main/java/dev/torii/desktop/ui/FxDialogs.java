package dev.torii.desktop.ui;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.controls.Notification;
import java.util.List;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Dialogs and toasts, in layers over the window's content.
public final class FxDialogs implements DialogService {

    private static final double DIALOG_WIDTH = 520;
    private static final double TOAST_WIDTH = 360;
    private static final Duration TOAST_TIME = Duration.seconds(4);
    private static final Duration TOAST_TIME_WITH_UNDO = Duration.seconds(8);
    private static final int MOST_TOASTS = 3;

    private final ModalPane modal = new ModalPane();
    private final VBox box = new VBox();
    private final VBox toasts = new VBox();
    private @Nullable Supplier<Question> asked;

    public FxDialogs(Messages messages) {
        toasts.getStyleClass().add("toasts");
        toasts.setPickOnBounds(false);
        box.getStyleClass().add("dialog-box");
        box.setPrefWidth(DIALOG_WIDTH);
        box.setMaxSize(DIALOG_WIDTH, Region.USE_PREF_SIZE);
        box.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        modal.hide(true);
                        event.consume();
                    }
                });
        modal.displayProperty()
                .subscribe(there -> {
                    if (!there) {
                        asked = null;
                    }
                });
        messages.language().subscribe(_ -> ask());
    }

    /// What lies over the content, lowest first.
    List<Node> layers() {
        return List.of(toasts, modal);
    }

    @Override
    public void confirm(Supplier<Question> question) {
        modal.show(box);
        asked = question;
        ask();
    }

    private void ask() {
        Supplier<Question> open = asked;
        if (open == null) {
            return;
        }
        Question question = open.get();
        var keep = new Button(question.keep());
        keep.setId("dialog-keep");
        keep.setOnAction(_ -> modal.hide(true));
        var act = new Button(question.act());
        act.setId("dialog-act");
        act.getStyleClass().add(question.destructive() ? "danger" : "accent");
        if (question.destructive()) {
            act.setGraphic(new FontIcon("fth-trash-2"));
        }
        act.setOnAction(_ -> {
            modal.hide(true);
            question.onAct().run();
        });
        var buttons = new HBox(8, keep, act);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        box.getChildren().setAll(title(question), body(question), buttons);
        keep.requestFocus();
    }

    private static Node title(Question question) {
        var words = new Label(question.title());
        words.getStyleClass().add("h2");
        words.setWrapText(true);
        var title = new HBox(12, words);
        title.setAlignment(Pos.CENTER_LEFT);
        if (question.destructive()) {
            var icon = new FontIcon("fth-trash-2");
            icon.getStyleClass().addAll("i20", "icon-err");
            title.getChildren().addFirst(icon);
        }
        return title;
    }

    private static Node body(Question question) {
        var body = new VBox(12);
        for (String sentence : question.body()) {
            var line = new Label(sentence);
            line.setWrapText(true);
            body.getChildren().add(line);
        }
        for (DialogService.Consequence consequence : question.consequences()) {
            body.getChildren().add(consequence(consequence));
        }
        if (!question.after().isEmpty()) {
            var after = new Label(question.after());
            after.setWrapText(true);
            after.getStyleClass().addAll("small", "muted");
            body.getChildren().add(after);
        }
        return body;
    }

    private static Node consequence(DialogService.Consequence consequence) {
        var heading = new Label(consequence.heading());
        heading.getStyleClass().addAll("small", "muted");
        var box = new VBox(8, heading);
        box.getStyleClass().addAll("card", "inset");
        for (var line : consequence.lines()) {
            var what = new Label(line.what());
            what.getStyleClass().add("semi");
            what.setMinWidth(Region.USE_PREF_SIZE);
            var detail = new Label(line.detail());
            detail.getStyleClass().add("muted");
            detail.setWrapText(true);
            var row = new HBox(8, new FontIcon(line.icon()), what, detail);
            row.setAlignment(Pos.CENTER_LEFT);
            box.getChildren().add(row);
        }
        return box;
    }

    @Override
    public void toast(Toast toast) {
        var icon = new FontIcon("fth-check-circle");
        icon.getStyleClass().add("icon-ok");
        String text =
                toast.detail().isEmpty() ? toast.title() : toast.title() + "\n" + toast.detail();
        var notification = new Notification(text, icon);
        notification.setPrefWidth(TOAST_WIDTH);
        notification.setMaxSize(TOAST_WIDTH, Region.USE_PREF_SIZE);
        var clock = new PauseTransition(toast.undo() == null ? TOAST_TIME : TOAST_TIME_WITH_UNDO);
        Runnable remove =
                () -> {
                    clock.stop();
                    toasts.getChildren().remove(notification);
                };
        notification.setOnClose(_ -> remove.run());
        if (toast.undo() != null) {
            var undo = new Button(toast.undo().words());
            undo.setId("toast-undo");
            undo.getStyleClass().addAll("sm", "plain");
            Runnable action = toast.undo().action();
            undo.setOnAction(_ -> {
                remove.run();
                action.run();
            });
            notification.setPrimaryActions(undo);
        }
        clock.setOnFinished(_ -> remove.run());
        // Whoever reads it keeps it.
        notification
                .hoverProperty()
                .subscribe(over -> {
                    if (over) {
                        clock.pause();
                    } else {
                        clock.play();
                    }
                });
        toasts.getChildren().add(notification);
        if (toasts.getChildren().size() > MOST_TOASTS) {
            toasts.getChildren().removeFirst();
        }
    }
}
