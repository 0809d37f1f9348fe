package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A list of one kind: what of it the filter lets through, and which one is chosen.
final class ListModel {

    private final EntityKind kind;
    private final InventoryModel inventory;
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObservableList<ObjectNode> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable ObjectNode> chosen =
            new ReadOnlyObjectWrapper<>();
    private @Nullable String wanted;

    ListModel(EntityKind kind, InventoryModel inventory) {
        this.kind = kind;
        this.inventory = inventory;
        inventory.inventory().subscribe(_ -> refresh());
        filter.subscribe(_ -> refresh());
    }

    private void refresh() {
        Inventory all = inventory.now();
        List<String> words =
                List.of(filter.get().strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
        rows.setAll(
                all.all(kind).stream()
                        .filter(each -> {
                            String text = Entities.searchText(all, kind, each);
                            return words.stream().allMatch(text::contains);
                        })
                        .sorted(
                                Comparator.comparing(
                                        each -> Entities.label(kind, each),
                                        String.CASE_INSENSITIVE_ORDER))
                        .toList());
        chosen.set(wanted == null ? null : all.find(kind, wanted).orElse(null));
    }

    EntityKind kind() {
        return kind;
    }

    StringProperty filter() {
        return filter;
    }

    ObservableList<ObjectNode> rows() {
        return rows;
    }

    /// How many there are, let through or not.
    int total() {
        return inventory.now().all(kind).size();
    }

    ReadOnlyObjectProperty<@Nullable ObjectNode> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /// Chooses by id; what is not there yet is chosen when it comes.
    void choose(@Nullable String id) {
        wanted = id;
        chosen.set(id == null ? null : inventory.now().find(kind, id).orElse(null));
    }

    /// What a row is after the list has been read anew.
    Optional<ObjectNode> current(ObjectNode row) {
        return rows.stream().filter(each -> Entities.id(each).equals(Entities.id(row))).findFirst();
    }
}
