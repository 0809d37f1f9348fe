package dev.torii.desktop.entity;

import atlantafx.base.controls.CustomTextField;
import dev.torii.desktop.entity.PluginCards.Sort;
import dev.torii.desktop.ui.Location;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The plugins that can be added, and for what: where it shall run is chosen first, then the
/// plugin.
final class PluginCatalogue {

    private static final double CARD_WIDTH = 280;
    private static final double CARD_HEIGHT = 100;

    private final InventoryModel inventory;
    private final Messages messages;
    private final BiConsumer<String, Location.@Nullable Listing> picked;
    private final VBox root = new VBox(16);
    private final CustomTextField search = new CustomTextField();
    private final HBox chips = new HBox(8);
    private final FlowPane cards = new FlowPane(12, 12);
    private final ComboBox<Place> place = new ComboBox<>();
    private @Nullable Sort sort;

    /// Where the plugin shall run; no target is everywhere.
    private record Place(Location.@Nullable Listing target) {}

    /// @param picked gets the plugin's name and where it shall run
    PluginCatalogue(
            InventoryModel inventory,
            Messages messages,
            Location.@Nullable Listing parent,
            BiConsumer<String, Location.@Nullable Listing> picked) {
        this.inventory = inventory;
        this.messages = messages;
        this.picked = picked;
        root.getStyleClass().addAll("page", "catalogue");
        search.setLeft(new FontIcon("fth-search"));
        search.setId("catalogue-search");
        search.setPrefWidth(280);
        search.textProperty().subscribe(_ -> fill());
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && !cards.getChildren().isEmpty()) {
                ((Button) cards.getChildren().getFirst()).fire();
            }
        });
        place.setId("catalogue-place");
        place.setPrefWidth(300);
        place.getItems().setAll(places(parent));
        place.setValue(
                place.getItems().stream()
                        .filter(each -> parent != null && parent.equals(each.target()))
                        .findFirst()
                        .orElse(place.getItems().getFirst()));
        messages.language().subscribe(this::build);
        inventory.inventory().subscribe(this::refill);
        build();
    }

    Region root() {
        return root;
    }

    void focus() {
        search.requestFocus();
    }

    private List<Place> places(Location.@Nullable Listing parent) {
        var places = new ArrayList<Place>();
        places.add(new Place(null));
        for (EntityKind kind : List.of(EntityKind.SERVICES, EntityKind.ROUTES)) {
            inventory
                    .now()
                    .all(kind)
                    .forEach(entity ->
                            places.add(
                                    new Place(
                                            new Location.Listing(
                                                    kind,
                                                    Entities.id(entity),
                                                    Entities.label(kind, entity)))));
        }
        var asked = new Place(parent);
        if (parent != null && !places.contains(asked)) {
            places.add(asked);
        }
        return places;
    }

    private void refill() {
        Place chosen = place.getValue();
        place.getItems().setAll(places(chosen.target()));
        place.setValue(chosen);
        build();
    }

    private void build() {
        var title = new Label(messages.get("entity.addPlugin"));
        title.getStyleClass().add("h1");
        var subtitle = new Label(messages.get("catalogue.subtitle"));
        subtitle.getStyleClass().addAll("small", "muted");
        search.setPromptText(messages.get("catalogue.search"));
        // The box writes its value anew only when that changes.
        Place chosen = place.getValue();
        place.setValue(null);
        place.setConverter(new PlaceWords());
        place.setValue(chosen);
        chips.setAlignment(Pos.CENTER_LEFT);
        chips.getChildren().clear();
        chips.getChildren().add(chip(null, messages.get("catalogue.all")));
        for (Sort each : Sort.values()) {
            if (inventory.now().priorities().keySet().stream()
                    .anyMatch(plugin -> PluginCards.sort(plugin) == each)) {
                chips.getChildren().add(chip(each, messages.get(each.key())));
            }
        }
        var where = new Label(messages.get("catalogue.runsFor"));
        where.getStyleClass().add("field-label");
        where.setMinWidth(Region.USE_PREF_SIZE);
        where.setLabelFor(place);
        var tools = new HBox(12, where, place);
        tools.setAlignment(Pos.CENTER_LEFT);
        var find = new HBox(12, search, chips);
        find.setAlignment(Pos.CENTER_LEFT);
        var scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        root.getChildren().setAll(new VBox(4, title, subtitle), tools, find, scroll);
        fill();
    }

    private Node chip(@Nullable Sort each, String text) {
        var chip = new ToggleButton(text);
        chip.getStyleClass().setAll("choice-chip", "words");
        chip.setMinWidth(Region.USE_PREF_SIZE);
        chip.setSelected(each == sort);
        chip.setOnAction(_ -> {
            sort = each;
            build();
        });
        return chip;
    }

    private void fill() {
        String words = search.getText().strip().toLowerCase(Locale.ROOT);
        cards.getChildren().clear();
        inventory.now().priorities().entrySet().stream()
                .filter(entry -> sort == null || PluginCards.sort(entry.getKey()) == sort)
                .filter(entry ->
                        (entry.getKey()
                                        + " "
                                        + PluginCards.purpose(messages, entry.getKey())
                                                .toLowerCase(Locale.ROOT))
                                .contains(words))
                .sorted(
                        java.util.Comparator.comparing(
                                        (java.util.Map.Entry<String, Integer> entry) ->
                                                PluginCards.sort(entry.getKey()))
                                .thenComparing(java.util.Map.Entry::getKey))
                .forEach(entry -> cards.getChildren().add(card(entry.getKey(), entry.getValue())));
        if (cards.getChildren().isEmpty()) {
            var nothing = new Label(messages.get("entity.noMatch", search.getText().strip()));
            nothing.getStyleClass().add("muted");
            cards.getChildren().add(nothing);
        }
    }

    private Node card(String plugin, int priority) {
        var tile = new StackPane(new FontIcon(PluginCards.icon(plugin)));
        tile.getStyleClass().add("tile-icon");
        var name = new Label(plugin);
        name.getStyleClass().add("semi");
        var order = new Label(messages.get("entity.priorityIs", Integer.toString(priority)));
        order.getStyleClass().addAll("tiny", "muted");
        var head = new HBox(12, tile, new VBox(name, order));
        head.setAlignment(Pos.CENTER_LEFT);
        var purpose = new Label(PluginCards.purpose(messages, plugin));
        purpose.getStyleClass().addAll("small", "muted");
        purpose.setWrapText(true);
        purpose.setPrefWidth(CARD_WIDTH - 34);
        var content = new VBox(8, head, purpose);
        content.setMinWidth(CARD_WIDTH - 34);
        content.setPrefWidth(CARD_WIDTH - 34);
        var button = new Button(null, content);
        button.getStyleClass().setAll("card", "plugin-card");
        button.setAccessibleText(plugin);
        button.setId("plugin-" + plugin);
        button.setMinSize(CARD_WIDTH, CARD_HEIGHT);
        button.setPrefSize(CARD_WIDTH, CARD_HEIGHT);
        button.setMaxSize(CARD_WIDTH, CARD_HEIGHT);
        button.setAlignment(Pos.TOP_LEFT);
        button.setOnAction(_ -> picked.accept(plugin, place.getValue().target()));
        return button;
    }

    private final class PlaceWords extends StringConverter<Place> {

        @Override
        public String toString(@Nullable Place chosen) {
            Location.Listing target = chosen == null ? null : chosen.target();
            if (target == null) {
                return messages.get("entity.globalLong");
            }
            return messages.get(
                    target.kind() == EntityKind.SERVICES
                            ? "catalogue.onService"
                            : "catalogue.onRoute",
                    String.valueOf(target.label()));
        }

        @Override
        public Place fromString(String text) {
            return new Place(null);
        }
    }
}
