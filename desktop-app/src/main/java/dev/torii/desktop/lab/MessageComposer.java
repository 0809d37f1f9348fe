package dev.torii.desktop.lab;

import dev.torii.desktop.lab.MessageDraft.Role;
import dev.torii.desktop.ui.Messages;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/// One message being written: who speaks, and a text that grows with what it holds.
final class MessageComposer extends VBox {

    private static final double LEAST = 44;
    private static final double MOST = 260;
    private static final double PADDING = 24;
    private static final double LINE = 18;

    private final TextArea text = new TextArea();

    MessageComposer(MessageDraft draft, Messages messages, Runnable onRemove) {
        getStyleClass().add("composer");
        var role = new MenuButton();
        role.getStyleClass().addAll("role", "plain");
        for (Role choice : Role.values()) {
            var item = new MenuItem(choice.name());
            item.setOnAction(_ -> draft.role().set(choice));
            role.getItems().add(item);
        }
        role.textProperty().bind(draft.role().map(Role::name));
        var chevron = new FontIcon("fth-chevron-down");
        chevron.getStyleClass().add("i12");
        role.setGraphic(chevron);
        role.setContentDisplay(ContentDisplay.RIGHT);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var remove = new Button(null, new FontIcon("fth-x"));
        remove.getStyleClass().addAll("icon", "tight");
        remove.setOnAction(_ -> onRemove.run());
        remove.accessibleTextProperty().bind(messages.text("lab.removeMessage"));
        var hint = new Tooltip();
        hint.textProperty().bind(messages.text("lab.removeMessage"));
        remove.setTooltip(hint);
        var header = new HBox(role, space, remove);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("composer-header");
        text.setWrapText(true);
        text.setId("message-" + draft.role().get().name().toLowerCase(Locale.ROOT));
        text.textProperty().bindBidirectional(draft.text());
        draft.role()
                .subscribe(now ->
                        text.promptTextProperty()
                                .bind(
                                        messages.text(
                                                switch (now) {
                                                    case SYSTEM -> "lab.systemPrompt";
                                                    case USER -> "lab.userPrompt";
                                                    case ASSISTANT -> "lab.assistantPrompt";
                                                })));
        text.textProperty().subscribe(_ -> grow());
        text.widthProperty().subscribe(_ -> grow());
        getChildren().addAll(header, text);
    }

    private void grow() {
        var measure = new Text(text.getText() + " ");
        measure.setFont(text.getFont());
        measure.setWrappingWidth(Math.max(1, text.getWidth() - PADDING));
        double wanted = measure.getLayoutBounds().getHeight() + LINE;
        text.setPrefHeight(Math.clamp(wanted, LEAST, MOST));
        text.setMinHeight(text.getPrefHeight());
    }

    /// The text takes the focus.
    void write() {
        text.requestFocus();
        text.end();
    }
}
