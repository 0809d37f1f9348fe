package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.form.Debounce;
import dev.torii.desktop.form.JsonEditor;
import dev.torii.desktop.form.JsonText;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Location;
import dev.torii.desktop.ui.Messages;
import dev.torii.desktop.ui.Navigation;
import dev.torii.model.api.UsageRow;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.SchemaSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// One entity in full: what it does, what belongs to it, and its JSON.
final class DetailView {

    private final EntityKind kind;
    private final InventoryModel inventory;
    private final Messages messages;
    private final Navigation navigation;
    private final Verbs verbs;
    private final Tasks tasks;
    private final EntityList.Actions actions;
    private final VBox root = new VBox(16);
    private String tab = "overview";
    private @Nullable ObjectNode shown;

    DetailView(
            EntityKind kind,
            InventoryModel inventory,
            Messages messages,
            Navigation navigation,
            Verbs verbs,
            Tasks tasks,
            EntityList.Actions actions) {
        this.kind = kind;
        this.inventory = inventory;
        this.messages = messages;
        this.navigation = navigation;
        this.verbs = verbs;
        this.tasks = tasks;
        this.actions = actions;
        root.getStyleClass().addAll("page", "detail");
        root.setMinWidth(0);
        messages.language().subscribe(this::refresh);
    }

    Region root() {
        return root;
    }

    void show(@Nullable ObjectNode entity) {
        shown = entity;
        refresh();
    }

    private void refresh() {
        root.getChildren().clear();
        ObjectNode entity = shown;
        if (entity == null) {
            return;
        }
        var scroll = new ScrollPane(content(entity));
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(tab.equals("json"));
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        root.getChildren().addAll(head(entity), tabs(entity), scroll, foot(entity));
    }

    private Node head(ObjectNode entity) {
        var name = new Label(Entities.label(kind, entity));
        name.getStyleClass().add("h1");
        name.setId("detail-name");
        name.setMinWidth(0);
        var line = new HBox(8, name);
        line.setAlignment(Pos.CENTER_LEFT);
        if (Kinds.canBeDisabled(kind)) {
            boolean on = Entities.enabled(entity);
            var dot = new Region();
            dot.getStyleClass().add("dot");
            var pill = new Label(messages.get(on ? "entity.isEnabled" : "entity.isDisabled"));
            pill.getStyleClass().add("pill");
            pill.setMinWidth(Region.USE_PREF_SIZE);
            (on ? pill : dot).getStyleClass().add(on ? "ok" : "off");
            line.getChildren().addFirst(dot);
            line.getChildren().add(pill);
        }
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        line.getChildren().add(space);
        routeToTry(entity)
                .ifPresent(route -> {
                    var tryIt = button("entity.tryIt", "fth-play");
                    tryIt.setId("try-it");
                    tryIt.setOnAction(_ -> navigation.go(new Location.Lab(Entities.id(route))));
                    line.getChildren().add(tryIt);
                });
        var edit = button("entity.edit", "fth-edit-2");
        edit.setId("edit");
        edit.setOnAction(_ -> actions.edit(entity));
        var more = new Button(null, new FontIcon("fth-more-horizontal"));
        more.getStyleClass().add("icon");
        more.setId("more");
        more.setAccessibleText(messages.get("entity.more"));
        more.setTooltip(new Tooltip(messages.get("entity.more")));
        more.setOnAction(_ ->
                EntityMenu.of(kind, entity, messages, verbs, actions, () -> {})
                        .show(more, Side.BOTTOM, 0, 4));
        line.getChildren().addAll(edit, more);
        var sub = new HBox(8);
        sub.setAlignment(Pos.CENTER_LEFT);
        var what = new Label(summary(entity));
        what.getStyleClass().addAll("small", "muted");
        what.setMinWidth(0);
        sub.getChildren().add(what);
        for (String tag : Entities.texts(entity.path("tags"))) {
            var chip = new Label(tag);
            chip.getStyleClass().add("chip");
            chip.setMinWidth(Region.USE_PREF_SIZE);
            sub.getChildren().add(chip);
        }
        return new VBox(8, line, sub);
    }

    private Button button(String key, String icon) {
        var button = new Button(messages.get(key), new FontIcon(icon));
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private String summary(ObjectNode entity) {
        Inventory all = inventory.now();
        return switch (kind) {
            case SERVICES -> {
                String url = Entities.url(entity);
                String upstream = Entities.upstream(all, entity);
                yield upstream.equals(url) ? url : upstream + " · " + url;
            }
            case ROUTES -> Entities.match(entity, messages.get("entity.anyMethod"));
            case PLUGINS -> {
                String scope = Entities.scope(all, entity);
                yield scope.isEmpty() ? messages.get("entity.globalLong") : scope;
            }
            default -> "";
        };
    }

    /// The route that a prompt to try this out would take.
    private Optional<ObjectNode> routeToTry(ObjectNode entity) {
        Inventory all = inventory.now();
        return switch (kind) {
            case ROUTES -> Optional.of(entity);
            case SERVICES -> all.routesOf(entity).stream().findFirst();
            default -> Optional.empty();
        };
    }

    private Node tabs(ObjectNode entity) {
        var bar = new TabBar(this::open);
        bar.add("overview", messages.get("entity.overview"), -1);
        Inventory all = inventory.now();
        if (kind == EntityKind.SERVICES) {
            bar.add("routes", messages.get("screen.routes"), all.routesOf(entity).size());
        }
        if (kind != EntityKind.PLUGINS) {
            bar.add("plugins", messages.get("screen.plugins"), all.pluginsOn(kind, entity).size());
        }
        bar.add("json", "JSON", -1);
        bar.choose(tab);
        return bar;
    }

    private void open(String wanted) {
        if (!wanted.equals(tab)) {
            tab = wanted;
            refresh();
        }
    }

    private Node content(ObjectNode entity) {
        return switch (tab) {
            case "routes" -> routes(entity);
            case "plugins" -> plugins(entity);
            case "json" -> json(entity);
            default -> overview(entity);
        };
    }

    private Node overview(ObjectNode entity) {
        var page = new VBox(16);
        UsageRow usage = inventory.now().usage(kind, entity);
        switch (kind) {
            case SERVICES ->
                    page.getChildren().addAll(metrics(usage), chain(entity, null), routes(entity));
            case ROUTES -> {
                ObjectNode service =
                        inventory
                                .now()
                                .find(
                                        EntityKind.SERVICES,
                                        entity.path("service").path("id").asText())
                                .orElse(null);
                page.getChildren().addAll(metrics(usage), facts(routeFacts(entity, service)));
                if (service != null) {
                    page.getChildren().add(chain(service, entity));
                }
            }
            case PLUGINS -> page.getChildren().addAll(facts(pluginFacts(entity)), json(entity));
            default -> {}
        }
        return page;
    }

    private Node metrics(@Nullable UsageRow usage) {
        var card = new HBox();
        card.getStyleClass().addAll("card", "metrics");
        metric(card, "entity.requestsLong", Kinds.requests(usage));
        metric(card, "entity.errors", Kinds.errors(usage));
        metric(card, "entity.firstToken", Kinds.firstToken(usage));
        metric(card, "entity.p95", Kinds.p95(usage));
        metric(card, "entity.cost24h", Kinds.cost(usage));
        return card;
    }

    private void metric(HBox card, String key, String value) {
        var label = new Label(messages.get(key));
        label.getStyleClass().addAll("tiny", "muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        var number = new Label(value);
        number.getStyleClass().add("h2");
        number.setMinWidth(Region.USE_PREF_SIZE);
        var box = new VBox(2, label, number);
        box.setPrefWidth(100);
        HBox.setHgrow(box, Priority.ALWAYS);
        if (!card.getChildren().isEmpty()) {
            box.getStyleClass().add("metric-next");
        }
        card.getChildren().add(box);
    }

    private Node chain(ObjectNode service, @Nullable ObjectNode route) {
        ObjectNode owner = route == null ? service : route;
        return new ChainView(
                inventory.now(),
                messages,
                service,
                route,
                plugin -> edit(EntityKind.PLUGINS, plugin),
                () -> navigation.go(new Location.Creating(EntityKind.PLUGINS, null, here(owner))));
    }

    private Location.Listing here(ObjectNode entity) {
        return new Location.Listing(kind, Entities.id(entity), Entities.label(kind, entity));
    }

    private void edit(EntityKind what, ObjectNode entity) {
        ObjectNode owner = shown;
        navigation.go(
                new Location.Editing(
                        what,
                        Entities.id(entity),
                        Entities.label(what, entity),
                        owner == null ? null : here(owner)));
    }

    private Node routes(ObjectNode service) {
        var table =
                new SmallTable(
                        messages.get("screen.routes"),
                        List.of(
                                messages.get("entity.route"),
                                messages.get("entity.match"),
                                messages.get("entity.stripPath"),
                                messages.get("entity.requests24h")));
        table.action(
                messages.get("routes.create"),
                "new-route",
                () -> navigation.go(new Location.Creating(EntityKind.ROUTES, null, here(service))));
        for (ObjectNode route : inventory.now().routesOf(service)) {
            table.row(
                    List.of(
                            Entities.label(EntityKind.ROUTES, route),
                            Entities.match(route, messages.get("entity.anyMethod")),
                            messages.get(
                                    route.path("strip_path").asBoolean(true)
                                            ? "entity.yes"
                                            : "entity.no"),
                            Kinds.requests(inventory.now().usage(EntityKind.ROUTES, route))),
                    () -> edit(EntityKind.ROUTES, route));
        }
        return table.orElse(messages.get("entity.noRoutes"));
    }

    private Node plugins(ObjectNode owner) {
        var table =
                new SmallTable(
                        messages.get("screen.plugins"),
                        List.of(
                                messages.get("entity.plugin"),
                                messages.get("entity.scope"),
                                messages.get("entity.state"),
                                messages.get("entity.priority")));
        table.action(
                messages.get("entity.addPlugin"),
                "new-plugin",
                () -> navigation.go(new Location.Creating(EntityKind.PLUGINS, null, here(owner))));
        for (ObjectNode plugin : inventory.now().pluginsOn(kind, owner)) {
            String name = plugin.path("name").asText();
            table.row(
                    List.of(
                            name,
                            Entities.scope(inventory.now(), plugin),
                            messages.get(
                                    Entities.enabled(plugin)
                                            ? "entity.isEnabled"
                                            : "entity.isDisabled"),
                            Integer.toString(inventory.now().priority(name))),
                    () -> edit(EntityKind.PLUGINS, plugin));
        }
        return table.orElse(messages.get("entity.noPlugins"));
    }

    private List<Facts.Fact> routeFacts(ObjectNode route, @Nullable ObjectNode service) {
        var facts = new ArrayList<Facts.Fact>();
        facts.add(fact("entity.methods", list(route.path("methods"), "entity.anyMethod"), true));
        facts.add(fact("entity.hosts", list(route.path("hosts"), "entity.anyHost"), true));
        facts.add(fact("entity.paths", list(route.path("paths"), "entity.anyPath"), true));
        facts.add(
                fact(
                        "entity.service",
                        service == null
                                ? Formats.NONE
                                : Entities.label(EntityKind.SERVICES, service),
                        false));
        facts.add(
                fact(
                        "entity.stripPath",
                        messages.get(
                                route.path("strip_path").asBoolean(true)
                                        ? "entity.yes"
                                        : "entity.no"),
                        false));
        return facts;
    }

    private List<Facts.Fact> pluginFacts(ObjectNode plugin) {
        String scope = Entities.scope(inventory.now(), plugin);
        return List.of(
                fact(
                        "entity.scope",
                        scope.isEmpty() ? messages.get("entity.globalLong") : scope,
                        false),
                fact(
                        "entity.priority",
                        Integer.toString(inventory.now().priority(plugin.path("name").asText())),
                        false),
                fact("entity.protocols", Entities.joined(plugin.path("protocols"), ", "), true));
    }

    private Facts.Fact fact(String key, String value, boolean mono) {
        return new Facts.Fact(messages.get(key), value, mono);
    }

    private String list(JsonNode values, String none) {
        String joined = Entities.joined(values, ", ");
        return joined.isEmpty() ? messages.get(none) : joined;
    }

    private static Node facts(List<Facts.Fact> facts) {
        return new Facts(facts);
    }

    private Node json(ObjectNode entity) {
        var editor = new JsonEditor(Debounce.NONE, _ -> {});
        editor.setEditable(false);
        editor.setMinHeight(320);
        String plugin = kind == EntityKind.PLUGINS ? entity.path("name").asText() : null;
        // What is secret, only the schema tells: nothing is shown before it is known.
        tasks.run(
                () -> SchemaSecrets.mask(inventory.schema(kind, plugin), entity),
                masked -> editor.show(JsonText.pretty(masked)),
                problem -> editor.show("{}\n// " + verbs.reason(problem)));
        return editor;
    }

    private Node foot(ObjectNode entity) {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var id = new Label("id " + Entities.shortId(entity));
        id.getStyleClass().addAll("mono", "small", "muted");
        id.setTooltip(new Tooltip(Entities.id(entity)));
        var foot = new HBox(8, space, id);
        foot.setAlignment(Pos.CENTER_LEFT);
        return foot;
    }
}
