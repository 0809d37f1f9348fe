package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.entity.Chain.Link;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Separator;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// What runs for a request: client, plugins in their order, upstream; below, what runs after the
/// answer.
final class ChainView extends VBox {

    private final Inventory inventory;
    private final Messages messages;
    private final ObjectNode service;
    private final Consumer<ObjectNode> edit;
    private final FlowPane flow = new FlowPane(0, 8);
    private final HBox after = new HBox(8);
    private final Separator line = new Separator();

    /// @param route the only route to show; null offers those of the service
    ChainView(
            Inventory inventory,
            Messages messages,
            ObjectNode service,
            @Nullable ObjectNode route,
            Consumer<ObjectNode> edit,
            Runnable addPlugin) {
        super(12);
        this.inventory = inventory;
        this.messages = messages;
        this.service = service;
        this.edit = edit;
        getStyleClass().add("card");
        setId("chain");
        var title =
                new Label(messages.get(route == null ? "entity.whatRuns" : "entity.whatRunsHere"));
        title.getStyleClass().add("h3");
        title.setMinWidth(Region.USE_PREF_SIZE);
        var head = new HBox(8, title);
        head.setAlignment(Pos.CENTER_LEFT);
        List<ObjectNode> routes = route == null ? inventory.routesOf(service) : List.of(route);
        if (route == null) {
            head.getChildren().add(picker(routes));
        }
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var hint = new Label(messages.get("entity.higherFirst"));
        hint.getStyleClass().addAll("small", "muted");
        var add = new Button(messages.get("entity.addPlugin"), new FontIcon("fth-plus"));
        add.getStyleClass().add("sm");
        add.setMinWidth(Region.USE_PREF_SIZE);
        add.setId("add-plugin");
        add.setOnAction(_ -> addPlugin.run());
        head.getChildren().addAll(space, hint, add);
        var afterLabel = new Label(messages.get("entity.afterAnswer"));
        afterLabel.getStyleClass().addAll("small", "muted");
        afterLabel.setMinWidth(Region.USE_PREF_SIZE);
        after.setAlignment(Pos.CENTER_LEFT);
        after.getChildren().add(afterLabel);
        getChildren().addAll(head, flow, line, after);
        show(routes.isEmpty() ? null : routes.getFirst());
    }

    private Node picker(List<ObjectNode> routes) {
        var box = new ComboBox<ObjectNode>();
        box.setId("chain-route");
        box.setMaxWidth(280);
        box.getItems().setAll(routes);
        box.setButtonCell(new RouteCell());
        box.setCellFactory(_ -> new RouteCell());
        box.setPromptText(messages.get("entity.anyRequest"));
        if (!routes.isEmpty()) {
            box.setValue(routes.getFirst());
        } else {
            box.setDisable(true);
        }
        box.valueProperty().addListener((_, _, route) -> show(route));
        return box;
    }

    private void show(@Nullable ObjectNode route) {
        Chain chain = Chain.of(inventory, route, service);
        flow.getChildren().clear();
        flow.getChildren()
                .add(
                        step(
                                end(
                                        "fth-smartphone",
                                        messages.get("entity.client"),
                                        route == null
                                                ? messages.get("entity.anyRequest")
                                                : Entities.match(
                                                        route, messages.get("entity.anyMethod"))),
                                true));
        chain.before().forEach(link -> flow.getChildren().add(step(node(link), true)));
        flow.getChildren().add(step(upstream(chain), false));
        after.getChildren().remove(1, after.getChildren().size());
        chain.after().forEach(link -> after.getChildren().add(node(link)));
        line.setVisible(!chain.after().isEmpty());
        line.setManaged(line.isVisible());
        after.setVisible(line.isVisible());
        after.setManaged(line.isVisible());
    }

    private Node upstream(Chain chain) {
        for (Link link : chain.before()) {
            if (!link.enabled() || link.hidden()) {
                continue;
            }
            if (link.name().equals("ai-models")) {
                return providers(Entities.providers(link.plugin()));
            }
            if (link.name().equals("ai-proxy")) {
                var model = link.plugin().path("config").path("model");
                return end(
                        "fth-cloud",
                        model.path("provider").asText(""),
                        model.path("name").asText(""));
            }
        }
        return end("fth-cloud", service.path("host").asText(""), Entities.url(service));
    }

    private Node providers(List<String> names) {
        return names.size() == 1
                ? end("fth-cloud", names.getFirst(), "")
                : end(
                        "fth-cloud",
                        messages.get("entity.oneOfProviders", Integer.toString(names.size())),
                        String.join(", ", names));
    }

    private static Node step(Node node, boolean more) {
        var step = new HBox(node);
        step.setAlignment(Pos.CENTER_LEFT);
        if (more) {
            var arrow = new FontIcon("fth-arrow-right");
            arrow.getStyleClass().add("i14");
            var wire = new HBox(arrow);
            wire.setAlignment(Pos.CENTER);
            wire.getStyleClass().add("wire");
            step.getChildren().add(wire);
        }
        return step;
    }

    private static Node end(String icon, String title, String detail) {
        var symbol = new FontIcon(icon);
        symbol.getStyleClass().add("i14");
        var name = new Label(title, symbol);
        name.getStyleClass().add("semi");
        var line = new Label(detail);
        line.getStyleClass().addAll("mono", "small");
        line.setMaxWidth(220);
        var box = new VBox(4, name, line);
        box.getStyleClass().addAll("chain-node", "end");
        return box;
    }

    private Node node(Link link) {
        var name = new Label(link.name());
        name.getStyleClass().add("semi");
        var scope = new Label(messages.get("entity." + scopeWord(link)));
        scope.getStyleClass().add("pill");
        scope.setMinWidth(Region.USE_PREF_SIZE);
        var priority = new Label(Integer.toString(link.priority()));
        priority.getStyleClass().addAll("small", "muted");
        priority.setMinWidth(Region.USE_PREF_SIZE);
        var space = new Region();
        space.setMinWidth(12);
        HBox.setHgrow(space, Priority.ALWAYS);
        var second = new HBox(4, scope, space, priority);
        second.setAlignment(Pos.CENTER_LEFT);
        if (!link.enabled() || link.hidden()) {
            var state = new Label(messages.get(link.hidden() ? "entity.hidden" : "entity.off"));
            state.getStyleClass().addAll("small", "muted");
            state.setMinWidth(Region.USE_PREF_SIZE);
            second.getChildren().add(1, state);
        }
        var box = new VBox(4, name, second);
        box.getStyleClass().add("chain-node");
        if (!link.enabled()) {
            box.getStyleClass().add("off");
        }
        if (link.hidden()) {
            box.getStyleClass().add("hidden-link");
        }
        box.setFocusTraversable(true);
        box.setAccessibleRole(AccessibleRole.BUTTON);
        box.setAccessibleText(link.name() + ", " + link.priority());
        box.setId("chain-" + link.name());
        box.setOnMouseClicked(_ -> edit.accept(link.plugin()));
        box.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                edit.accept(link.plugin());
            }
        });
        return box;
    }

    private static String scopeWord(Link link) {
        if (link.scope().routeId() != null) {
            return "scopeRoute";
        }
        if (link.scope().serviceId() != null) {
            return "scopeService";
        }
        return link.scope().consumerId() != null ? "scopeConsumer" : "global";
    }

    private final class RouteCell extends ListCell<ObjectNode> {

        @Override
        protected void updateItem(@Nullable ObjectNode route, boolean empty) {
            super.updateItem(route, empty);
            setText(
                    empty || route == null
                            ? messages.get("entity.anyRequest")
                            : Entities.label(EntityKind.ROUTES, route)
                                    + "   "
                                    + Entities.match(route, messages.get("entity.anyMethod")));
        }
    }
}
