package dev.torii.desktop.entity;

import atlantafx.base.controls.CustomTextField;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.entity.Kinds.Column;
import dev.torii.desktop.entity.Kinds.Look;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Fxml;
import dev.torii.desktop.ui.Messages;
import dev.torii.desktop.ui.Screen;
import dev.torii.model.config.EntityKind;
import javafx.beans.property.SimpleObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of one kind: filter, table, and what stands there while there is nothing.
final class EntityList {

    private static final int SKELETON_ROWS = 6;

    private final ListModel model;
    private final InventoryModel inventory;
    private final Messages messages;
    private final Verbs verbs;
    private final Actions actions;
    private final VBox root;
    private boolean roomy;
    private boolean choosing;

    @FXML private Label title;
    @FXML private Label subtitle;
    @FXML private Button create;
    @FXML private HBox problem;
    @FXML private Label cause;
    @FXML private HBox tools;
    @FXML private CustomTextField filter;
    @FXML private Label count;
    @FXML private TableView<ObjectNode> table;
    @FXML private VBox skeleton;
    @FXML private VBox empty;
    @FXML private FontIcon emptyIcon;
    @FXML private Label emptyTitle;
    @FXML private Label emptyText;
    @FXML private Button emptyCreate;
    @FXML private Label keys;

    /// What the list leaves to the page around it.
    interface Actions {

        void create();

        /// The row is chosen: show it beside the list.
        void choose(ObjectNode entity);

        /// Enter or a double click.
        void open(ObjectNode entity);

        void edit(ObjectNode entity);

        void duplicate(ObjectNode entity);
    }

    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    EntityList(
            Fxml fxml,
            ListModel model,
            InventoryModel inventory,
            Messages messages,
            Verbs verbs,
            Actions actions) {
        this.model = model;
        this.inventory = inventory;
        this.messages = messages;
        this.verbs = verbs;
        this.actions = actions;
        root = fxml.load(this, VBox.class);
        EntityKind kind = model.kind();
        String words = Kinds.words(kind);
        title.textProperty().bind(messages.text(Screen.of(kind).titleKey()));
        subtitle.textProperty().bind(messages.text(words + ".subtitle"));
        create.textProperty().bind(messages.text(words + ".create"));
        create.setId("create");
        keys.textProperty()
                .bind(
                        messages.text(
                                Kinds.canBeDisabled(kind) ? "entity.keys" : "entity.keysPlain"));
        emptyCreate.textProperty().bind(messages.text(words + ".create"));
        emptyIcon.setIconLiteral(Kinds.icon(kind));
        filter.promptTextProperty().bind(messages.text(words + ".filter"));
        filter.textProperty().bindBidirectional(model.filter());
        for (int i = 0; i < SKELETON_ROWS; i++) {
            var bar = new Region();
            bar.getStyleClass().add("skeleton");
            skeleton.getChildren().add(bar);
        }
        table.setItems(model.rows());
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setRowFactory(_ -> row());
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, entity) -> {
                    if (entity != null && !choosing) {
                        actions.choose(entity);
                    }
                });
        table.setOnKeyPressed(this::key);
        filter.setOnKeyPressed(this::filterKey);
        model.chosen().subscribe(_ -> showChoice());
        messages.language().subscribe(this::columns);
        inventory.inventory().subscribe(this::refresh);
        inventory.loaded().subscribe(this::refresh);
        inventory.problem().subscribe(this::refresh);
        model.filter().subscribe(this::refresh);
        columns();
    }

    Region root() {
        return root;
    }

    /// With the page for itself the list shows all its columns.
    void roomy(boolean wanted) {
        if (wanted != roomy) {
            roomy = wanted;
            columns();
        }
    }

    void focus() {
        table.requestFocus();
        if (table.getSelectionModel().isEmpty() && !table.getItems().isEmpty()) {
            table.getSelectionModel().select(0);
        }
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /// Whether there was a filter to clear.
    boolean clearFilter() {
        boolean filtered = !filter.getText().isEmpty();
        filter.clear();
        return filtered;
    }

    private void columns() {
        table.getColumns().clear();
        for (Column column : Kinds.columns(model.kind(), messages)) {
            if (roomy || !column.roomy()) {
                table.getColumns().add(column(column));
            }
        }
        refresh();
    }

    private TableColumn<ObjectNode, ObjectNode> column(Column column) {
        var shown = new TableColumn<ObjectNode, ObjectNode>(messages.get(column.titleKey()));
        shown.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        shown.setCellFactory(_ -> new EntityCell(column, inventory, messages, model.kind(), verbs));
        shown.setPrefWidth(column.width());
        shown.setReorderable(false);
        boolean fixed =
                column.look() == Look.NUMBER
                        || column.look() == Look.ERRORS
                        || column.look() == Look.SWITCH;
        if (fixed) {
            shown.setMinWidth(column.width());
            shown.setMaxWidth(column.width());
        }
        if (column.look() == Look.NUMBER || column.look() == Look.ERRORS) {
            shown.getStyleClass().add("right");
        }
        shown.setSortable(column.look() != Look.SWITCH);
        shown.setComparator(
                java.util.Comparator.comparing(
                        each -> column.reader().read(inventory.now(), each),
                        NaturalOrder.INSTANCE));
        return shown;
    }

    private TableRow<ObjectNode> row() {
        var row = new TableRow<ObjectNode>();
        row.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY
                    && event.getClickCount() == 2
                    && !row.isEmpty()) {
                actions.open(row.getItem());
            }
        });
        row.setOnContextMenuRequested(event -> {
            if (!row.isEmpty()) {
                EntityMenu.of(model.kind(), row.getItem(), messages, verbs, actions, () -> {})
                        .show(row, event.getScreenX(), event.getScreenY());
            }
        });
        return row;
    }

    private void key(KeyEvent event) {
        ObjectNode entity = table.getSelectionModel().getSelectedItem();
        if (entity == null) {
            return;
        }
        EntityKind kind = model.kind();
        switch (event.getCode()) {
            case ENTER -> actions.open(entity);
            case F2 -> actions.edit(entity);
            case SPACE -> {
                if (Kinds.canBeDisabled(kind)) {
                    verbs.enable(kind, entity, !Entities.enabled(entity));
                }
            }
            case DELETE -> verbs.delete(kind, entity, () -> {});
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void filterKey(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
            event.consume();
            focus();
        }
    }

    private void showChoice() {
        ObjectNode entity = model.chosen().get();
        choosing = true;
        if (entity == null) {
            table.getSelectionModel().clearSelection();
        } else {
            model.current(entity)
                    .ifPresent(row -> {
                        if (!row.equals(table.getSelectionModel().getSelectedItem())) {
                            table.getSelectionModel().select(row);
                        }
                    });
        }
        choosing = false;
    }

    private void refresh() {
        String words = Kinds.words(model.kind());
        boolean loaded = inventory.loaded().get();
        int total = model.total();
        boolean none = loaded && total == 0;
        boolean nothing = loaded && total > 0 && model.rows().isEmpty();
        Exception failure = inventory.problem().get();
        present(problem, failure != null);
        cause.setText(failure == null ? "" : verbs.reason(failure));
        present(skeleton, !loaded && failure == null);
        present(table, loaded && !none && !nothing);
        present(tools, !none);
        present(empty, none || nothing);
        present(emptyCreate, none);
        present(keys, loaded && !none);
        emptyTitle.setText(
                none
                        ? messages.get(words + ".emptyTitle")
                        : messages.get("entity.noMatch", filter.getText().strip()));
        emptyText.setText(messages.get(none ? words + ".emptyText" : "entity.noMatchHint"));
        create.getStyleClass().remove("accent");
        if (!none) {
            create.getStyleClass().add("accent");
        }
        count.setText(messages.get(words + (total == 1 ? ".one" : ".many"), Formats.count(total)));
        if (loaded) {
            table.refresh();
            showChoice();
        }
    }

    private static void present(javafx.scene.Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    @FXML
    void create() {
        actions.create();
    }

    @FXML
    void reload() {
        inventory.reload();
    }
}
