package dev.torii.desktop.entity;

import atlantafx.base.controls.ToggleSwitch;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.entity.Kinds.Column;
import dev.torii.desktop.entity.Kinds.Look;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// One cell of an entity list. The nodes are made once and reused.
final class EntityCell extends TableCell<ObjectNode, ObjectNode> {

    private static final double TOO_MANY_ERRORS = 5;

    private final Column column;
    private final InventoryModel inventory;
    private final Region dot = new Region();
    private final Label label = new Label();
    private final HBox named = new HBox(8, dot, label);
    private final ToggleSwitch toggle = new ToggleSwitch();
    private boolean showing;

    EntityCell(
            Column column,
            InventoryModel inventory,
            Messages messages,
            EntityKind kind,
            Verbs verbs) {
        this.column = column;
        this.inventory = inventory;
        named.setAlignment(Pos.CENTER_LEFT);
        dot.getStyleClass().add("dot");
        dot.setVisible(Kinds.canBeDisabled(kind));
        dot.setManaged(Kinds.canBeDisabled(kind));
        switch (column.look()) {
            case NAME -> label.getStyleClass().add("semi");
            case MONO -> label.getStyleClass().add("mono");
            case NUMBER, ERRORS -> {
                label.setMinWidth(Region.USE_PREF_SIZE);
                getStyleClass().add("right");
            }
            case TEXT -> label.setMinWidth(0);
            case SWITCH -> {
                toggle.setFocusTraversable(false);
                toggle.accessibleTextProperty().bind(messages.text("entity.on"));
                toggle.selectedProperty()
                        .addListener((_, _, on) -> {
                            ObjectNode entity = getItem();
                            if (!showing && entity != null) {
                                verbs.enable(kind, entity, on);
                            }
                        });
            }
        }
    }

    @Override
    protected void updateItem(@Nullable ObjectNode entity, boolean empty) {
        super.updateItem(entity, empty);
        if (empty || entity == null) {
            setGraphic(null);
            return;
        }
        if (column.look() == Look.SWITCH) {
            showing = true;
            toggle.setSelected(Entities.enabled(entity));
            showing = false;
            setGraphic(toggle);
            return;
        }
        String text = column.reader().read(inventory.now(), entity);
        label.setText(text);
        if (column.look() == Look.NAME) {
            dot.getStyleClass().remove("off");
            if (!Entities.enabled(entity)) {
                dot.getStyleClass().add("off");
            }
            setGraphic(named);
            return;
        }
        if (column.look() == Look.ERRORS) {
            label.getStyleClass().removeAll("err-text", "semi");
            if (share(text) >= TOO_MANY_ERRORS) {
                label.getStyleClass().addAll("err-text", "semi");
            }
        }
        setGraphic(label);
    }

    private static double share(String text) {
        return text.endsWith("%") ? Double.parseDouble(text.replace("%", "").strip()) : 0;
    }
}
