package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.form.FxDebounce;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.DialogService;
import dev.torii.desktop.ui.DialogService.Toast;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Fxml;
import dev.torii.desktop.ui.Location;
import dev.torii.desktop.ui.Location.Creating;
import dev.torii.desktop.ui.Location.Editing;
import dev.torii.desktop.ui.Location.Listing;
import dev.torii.desktop.ui.Messages;
import dev.torii.desktop.ui.Navigation;
import dev.torii.desktop.ui.Page;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The screen of one kind: list and detail side by side where the window is wide, else one after
/// the other; and in their place the forms and the plugin catalogue. A form that is left with
/// changes is kept until the app ends.
public final class EntityPage implements Page {

    /// A window narrower than this shows list and detail as separate pages.
    static final double WIDE = 1200;

    private static final double LIST_WIDTH = 548;
    private static final double LEAST_WIDTH = 360;
    private static final KeyCombination NEW =
            new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND =
            new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination DUPLICATE =
            new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination RELOAD =
            new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN);

    private final EntityKind kind;
    private final Services services;
    private final ListModel model;
    private final EntityList list;
    private final DetailView detail;
    private final Verbs verbs;
    private final SplitPane both = new SplitPane();
    private final StackPane root = new StackPane();
    private final Map<Location, FormPage> drafts = new HashMap<>();
    private @Nullable FormPage open;
    private @Nullable Location openAt;
    private @Nullable ObjectNode copy;
    private Location.@Nullable Listing listing;

    /// What every entity screen works with.
    public record Services(
            AdminClient client,
            Tasks tasks,
            DialogService dialogs,
            Messages messages,
            Navigation navigation,
            EngineStatus status,
            InventoryModel inventory,
            Fxml fxml) {}

    public EntityPage(EntityKind kind, Services services) {
        this.kind = kind;
        this.services = services;
        verbs =
                new Verbs(
                        services.client(),
                        services.tasks(),
                        services.dialogs(),
                        services.messages(),
                        services.inventory());
        model = new ListModel(kind, services.inventory());
        var actions = new ListActions(kind);
        list =
                new EntityList(
                        services.fxml(),
                        model,
                        services.inventory(),
                        services.messages(),
                        verbs,
                        actions);
        detail =
                new DetailView(
                        kind,
                        services.inventory(),
                        services.messages(),
                        services.navigation(),
                        verbs,
                        services.tasks(),
                        actions);
        list.root().setMinWidth(LEAST_WIDTH);
        list.root().setPrefWidth(LIST_WIDTH);
        detail.root().setMinWidth(LEAST_WIDTH);
        SplitPane.setResizableWithParent(list.root(), false);
        model.chosen().subscribe(entity -> detail.show(entity));
        // What belongs to an entity changes without the entity itself changing.
        services.inventory().inventory().subscribe(_ -> detail.show(model.chosen().get()));
        services.inventory().inventory().subscribe(this::arrangeList);
        root.widthProperty().subscribe(this::arrangeList);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::escape);
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public void show(Location location) {
        if (open != null && !open.dirty() && openAt != null) {
            drafts.remove(openAt);
        }
        open = null;
        openAt = null;
        listing = null;
        switch (location) {
            case Listing place -> {
                listing = place;
                model.choose(place.key());
                arrangeList();
                Platform.runLater(list::focus);
            }
            case Creating place when place.kind() == EntityKind.PLUGINS && place.plugin() == null ->
                    showCatalogue(place);
            case Creating place -> showForm(place, () -> create(place));
            case Editing place -> showForm(place, () -> edit(place));
            case Location.Overview _, Location.Lab _ -> {}
        }
    }

    private boolean wide() {
        return root.getScene() == null || root.getScene().getWidth() >= WIDE;
    }

    private void arrangeList() {
        Location.Listing place = listing;
        if (place == null) {
            return;
        }
        boolean any = model.total() > 0;
        if (wide() && any) {
            list.roomy(false);
            if (model.chosen().get() == null && !model.rows().isEmpty()) {
                model.choose(Entities.id(model.rows().getFirst()));
            }
            if (!root.getChildren().contains(both)) {
                both.getItems().setAll(list.root(), detail.root());
                root.getChildren().setAll(both);
                double width = root.getWidth() > 0 ? root.getWidth() : 1224;
                both.setDividerPositions(LIST_WIDTH / width);
            }
            return;
        }
        both.getItems().clear();
        Node alone = place.key() == null || !any ? list.root() : detail.root();
        list.roomy(true);
        if (!root.getChildren().equals(List.of(alone))) {
            root.getChildren().setAll(alone);
        }
    }

    private void showCatalogue(Creating place) {
        var catalogue =
                new PluginCatalogue(
                        services.inventory(),
                        services.messages(),
                        place.parent(),
                        (plugin, target) ->
                                services.navigation()
                                        .go(new Creating(EntityKind.PLUGINS, plugin, target)));
        root.getChildren().setAll(catalogue.root());
        Platform.runLater(catalogue::focus);
    }

    private void showForm(Location place, java.util.function.Supplier<FormPage> make) {
        FormPage page = drafts.computeIfAbsent(place, _ -> make.get());
        open = page;
        openAt = place;
        root.getChildren().setAll(page.root());
    }

    private FormPage create(Creating place) {
        ObjectNode seed = copy == null ? Json.object() : copy;
        copy = null;
        if (place.plugin() != null) {
            seed.put("name", place.plugin());
        }
        Listing parent = place.parent();
        if (parent != null && parent.key() != null) {
            seed.putObject(Entities.reference(parent.kind())).put("id", parent.key());
        }
        String heading =
                place.plugin() == null
                        ? services.messages().get(Kinds.words(place.kind()) + ".create")
                        : place.plugin();
        return form(place, place.kind(), null, seed, place.plugin(), heading, parent);
    }

    private FormPage edit(Editing place) {
        return form(
                place,
                place.kind(),
                place.key(),
                Json.object(),
                null,
                place.label(),
                place.parent());
    }

    private FormPage form(
            Location place,
            EntityKind what,
            @Nullable String key,
            ObjectNode seed,
            @Nullable String plugin,
            String heading,
            @Nullable Listing parent) {
        var pageModel =
                new FormPageModel(
                        what,
                        key,
                        services.client(),
                        services.tasks(),
                        services.inventory(),
                        new FxDebounce());
        var page =
                new FormPage(
                        services.fxml(),
                        pageModel,
                        services.inventory(),
                        services.messages(),
                        services.status(),
                        heading,
                        new FormActions(place, what, parent, () -> pageModel.read(seed, plugin)));
        pageModel.read(seed, plugin);
        return page;
    }

    private void key(KeyEvent event) {
        if (open != null) {
            return;
        }
        ObjectNode chosen = model.chosen().get();
        if (NEW.match(event)) {
            services.navigation().go(new Creating(kind, null, null));
        } else if (FIND.match(event)) {
            list.focusFilter();
        } else if (DUPLICATE.match(event) && chosen != null) {
            new ListActions(kind).duplicate(chosen);
        } else if (event.getCode() == KeyCode.F5 || RELOAD.match(event)) {
            services.inventory().reload();
        } else {
            return;
        }
        event.consume();
    }

    private void escape(KeyEvent event) {
        if (event.getCode() != KeyCode.ESCAPE || event.isConsumed() || open != null) {
            return;
        }
        event.consume();
        if (listing == null) {
            services.navigation().back();
        } else if (!list.clearFilter() && !wide() && listing.key() != null) {
            services.navigation().go(Listing.of(kind));
        }
    }

    private Listing at(EntityKind what, ObjectNode entity) {
        return new Listing(what, Entities.id(entity), Entities.label(what, entity));
    }

    private final class ListActions implements EntityList.Actions {

        private final EntityKind what;

        ListActions(EntityKind what) {
            this.what = what;
        }

        @Override
        public void create() {
            services.navigation().go(new Creating(what, null, null));
        }

        @Override
        public void choose(ObjectNode entity) {
            if (wide() && listing != null) {
                services.navigation().replace(at(what, entity));
            }
        }

        @Override
        public void open(ObjectNode entity) {
            if (wide()) {
                edit(entity);
            } else {
                services.navigation().go(at(what, entity));
            }
        }

        @Override
        public void edit(ObjectNode entity) {
            services.navigation()
                    .go(new Editing(what, Entities.id(entity), Entities.label(what, entity), null));
        }

        /// A copy is a new entity: it gets an id and times of its own, and another name.
        @Override
        public void duplicate(ObjectNode entity) {
            ObjectNode seed = entity.deepCopy().without(List.of("id", "created_at", "updated_at"));
            if (what != EntityKind.PLUGINS && seed.path("name").isTextual()) {
                seed.put("name", seed.path("name").asText() + "-copy");
            }
            seed.remove("instance_name");
            copy = seed;
            String plugin = what == EntityKind.PLUGINS ? entity.path("name").asText() : null;
            var place = new Creating(what, plugin, null);
            drafts.remove(place);
            services.navigation().go(place);
        }
    }

    private final class FormActions implements FormPage.Actions {

        private final Location place;
        private final EntityKind what;
        private final @Nullable Listing parent;
        private final Runnable read;

        FormActions(Location place, EntityKind what, @Nullable Listing parent, Runnable read) {
            this.place = place;
            this.what = what;
            this.parent = parent;
            this.read = read;
        }

        @Override
        public void saved(ObjectNode entity, boolean created) {
            drafts.remove(place);
            String name = Entities.label(what, entity);
            services.dialogs()
                    .toast(
                            new Toast(
                                    services.messages()
                                            .get(created ? "entity.created" : "entity.saved", name),
                                    ""));
            if (created) {
                services.navigation().replace(parent == null ? at(what, entity) : parent);
            }
        }

        @Override
        public void leave() {
            services.navigation().back();
        }

        @Override
        public void reread() {
            read.run();
        }

        @Override
        public void test(ObjectNode entity) {
            services.navigation().go(new Location.Lab(route(entity).orElse(null)));
        }

        private Optional<String> route(ObjectNode entity) {
            Inventory all = services.inventory().now();
            if (what == EntityKind.ROUTES) {
                return Optional.of(Entities.id(entity));
            }
            String route = entity.path("route").path("id").asText("");
            if (!route.isEmpty()) {
                return Optional.of(route);
            }
            String service =
                    what == EntityKind.SERVICES
                            ? Entities.id(entity)
                            : entity.path("service").path("id").asText("");
            return all.find(EntityKind.SERVICES, service)
                    .flatMap(found -> all.routesOf(found).stream().findFirst())
                    .map(Entities::id);
        }

        @Override
        public void menu(Node owner, ObjectNode entity) {
            EntityMenu.of(
                            what,
                            entity,
                            services.messages(),
                            verbs,
                            new ListActions(what),
                            () -> {
                                drafts.remove(place);
                                services.navigation()
                                        .replace(parent == null ? Listing.of(what) : parent);
                            })
                    .show(owner, Side.BOTTOM, 0, 4);
        }
    }
}
