package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.javafx.FontIcon;

/// The verbs of an entity as a menu, the same for a row and for the detail.
final class EntityMenu {

    private EntityMenu() {}

    /// @param gone runs when the entity was deleted
    static ContextMenu of(
            EntityKind kind,
            ObjectNode entity,
            Messages messages,
            Verbs verbs,
            EntityList.Actions actions,
            Runnable gone) {
        var menu = new ContextMenu();
        var edit = item(messages.get("entity.edit"), "fth-edit-2", () -> actions.edit(entity));
        edit.setAccelerator(new KeyCodeCombination(KeyCode.F2));
        var duplicate =
                item(messages.get("entity.duplicate"), "fth-copy", () -> actions.duplicate(entity));
        duplicate.setAccelerator(new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN));
        menu.getItems().addAll(edit, duplicate);
        if (Kinds.canBeDisabled(kind)) {
            boolean on = Entities.enabled(entity);
            menu.getItems()
                    .add(
                            item(
                                    messages.get(on ? "entity.disable" : "entity.enable"),
                                    "fth-power",
                                    () -> verbs.enable(kind, entity, !on)));
        }
        var delete =
                item(
                        messages.get(Kinds.words(kind) + ".delete"),
                        "fth-trash-2",
                        () -> verbs.delete(kind, entity, gone));
        delete.setAccelerator(new KeyCodeCombination(KeyCode.DELETE));
        delete.getStyleClass().add("danger-item");
        menu.getItems().addAll(new SeparatorMenuItem(), delete);
        return menu;
    }

    private static MenuItem item(String text, String icon, Runnable action) {
        var item = new MenuItem(text, new FontIcon(icon));
        item.setOnAction(_ -> action.run());
        return item;
    }
}
