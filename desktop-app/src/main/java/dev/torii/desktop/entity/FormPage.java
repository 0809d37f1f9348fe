package dev.torii.desktop.entity;

import atlantafx.base.controls.ToggleSwitch;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.form.FieldPath;
import dev.torii.desktop.form.FormModel;
import dev.torii.desktop.form.FormView;
import dev.torii.desktop.form.FxDebounce;
import dev.torii.desktop.form.JsonEditor;
import dev.torii.desktop.form.SegmentedControl;
import dev.torii.desktop.form.Unfolded;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Fxml;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.MalformedJsonException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The form of one entity with its JSON beside it, and the bar that saves.
final class FormPage {

    private static final KeyCombination SAVE =
            new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination UNDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
            new KeyCodeCombination(
                    KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination JSON =
            new KeyCodeCombination(KeyCode.J, KeyCombination.SHORTCUT_DOWN);
    private static final FieldPath ENABLED = FieldPath.of("enabled");
    private static final FieldPath NAME = FieldPath.of("name");

    private final FormPageModel model;
    private final InventoryModel inventory;
    private final Messages messages;
    private final EngineStatus status;
    private final Actions actions;
    private final String heading;
    private final Unfolded unfolded = new Unfolded();
    private final JsonEditor editor;
    private final VBox root;
    private @Nullable FormView view;
    private boolean narrow;
    private boolean jsonInFront;
    private boolean showing;

    @FXML private FontIcon icon;
    @FXML private Label title;
    @FXML private Label scope;
    @FXML private Label priority;
    @FXML private Label purpose;
    @FXML private Label enabledLabel;
    @FXML private ToggleSwitch enabled;
    @FXML private HBox switcher;
    @FXML private Button test;
    @FXML private Button more;
    @FXML private HBox banner;
    @FXML private FontIcon bannerIcon;
    @FXML private Label bannerText;
    @FXML private Button retry;
    @FXML private Button copyDetails;
    @FXML private Button keepMine;
    @FXML private Button takeTheirs;
    @FXML private StackPane formSlot;
    @FXML private VBox jsonPane;
    @FXML private StackPane jsonSlot;
    @FXML private Label jsonNote;
    @FXML private Region dirtyDot;
    @FXML private Label dirtyCount;
    @FXML private Label dirtyPaths;
    @FXML private Label fixFirst;
    @FXML private Button revert;
    @FXML private Button save;

    /// What the form leaves to the page around it.
    interface Actions {

        void saved(ObjectNode entity, boolean created);

        void leave();

        void reread();

        void test(ObjectNode entity);

        void menu(Node owner, ObjectNode entity);
    }

    /// @param heading the entity's name; the plugin's, where it is one
    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    FormPage(
            Fxml fxml,
            FormPageModel model,
            InventoryModel inventory,
            Messages messages,
            EngineStatus status,
            String heading,
            Actions actions) {
        this.model = model;
        this.inventory = inventory;
        this.messages = messages;
        this.status = status;
        this.heading = heading;
        this.actions = actions;
        root = fxml.load(this, VBox.class);
        editor =
                new JsonEditor(
                        new FxDebounce(),
                        text -> {
                            FormModel form = model.form().get();
                            if (form != null) {
                                form.edit(text);
                            }
                        });
        jsonSlot.getChildren().setAll(editor);
        enabled.selectedProperty().addListener((_, _, on) -> enable(on));
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::escape);
        root.sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        narrow(scene.getWidth() < EntityPage.WIDE);
                    }
                });
        root.widthProperty()
                .subscribe(_ -> {
                    if (root.getScene() != null) {
                        narrow(root.getScene().getWidth() < EntityPage.WIDE);
                    }
                });
        model.form().subscribe(this::build);
        model.trouble().subscribe(this::showTrouble);
        model.saving().subscribe(this::showMarks);
        status.running().subscribe(this::showMarks);
        messages.language().subscribe(this::build);
        messages.language().subscribe(() -> narrow(narrow));
        messages.language().subscribe(this::showTrouble);
        build();
        showTrouble();
    }

    Region root() {
        return root;
    }

    boolean dirty() {
        return model.dirty();
    }

    private EntityKind kind() {
        return model.kind();
    }

    private boolean isPlugin() {
        return kind() == EntityKind.PLUGINS;
    }

    private void build() {
        if (view != null) {
            view.dispose();
            view = null;
        }
        FormModel form = model.form().get();
        arrange();
        showHead();
        if (form == null) {
            formSlot.getChildren().clear();
            showMarks();
            return;
        }
        Set<FieldPath> elsewhere =
                isPlugin()
                        ? Set.of(NAME, ENABLED)
                        : Kinds.canBeDisabled(kind()) ? Set.of(ENABLED) : Set.of();
        FormView made =
                new FormView(
                        form,
                        messages,
                        inventory,
                        unfolded,
                        messages.get(isPlugin() ? "entity.whereItRuns" : "entity.basics"),
                        elsewhere,
                        messages.get(
                                isPlugin() ? "entity.schemaOf" : "entity.schemaOfKind", heading));
        view = made;
        made.narrow(narrow);
        formSlot.getChildren().setAll(made);
        form.marksProperty()
                .subscribe(_ -> {
                    if (form.equals(model.form().get())) {
                        showMarks();
                    }
                });
        showMarks();
        if (model.creating()) {
            made.focusFirst();
        }
    }

    private void showHead() {
        String words = Kinds.words(kind());
        icon.setIconLiteral(isPlugin() ? PluginCards.icon(heading) : Kinds.icon(kind()));
        boolean naming = model.creating() && !isPlugin();
        title.setText(naming ? messages.get(words + ".create") : heading);
        FormModel form = model.form().get();
        String bound = form == null ? "" : Entities.scope(inventory.now(), form.whole());
        present(scope, isPlugin());
        scope.setText(
                bound.isEmpty()
                        ? messages.get("entity.globalLong")
                        : messages.get("entity.onScope", bound));
        present(priority, isPlugin());
        priority.setText(
                messages.get(
                        "entity.priorityIs", Integer.toString(inventory.now().priority(heading))));
        purpose.setText(
                isPlugin()
                        ? PluginCards.purpose(messages, heading)
                        : messages.get(words + ".subtitle"));
        boolean switchable = form != null && Kinds.canBeDisabled(kind());
        present(enabled, switchable);
        present(enabledLabel, switchable);
        present(test, form != null && !model.creating());
        present(more, form != null && !model.creating());
    }

    private void showMarks() {
        FormModel form = model.form().get();
        if (form == null) {
            present(dirtyDot, false);
            present(fixFirst, false);
            dirtyCount.setText("");
            dirtyPaths.setText("");
            save.setDisable(true);
            revert.setDisable(true);
            showSaveWords();
            return;
        }
        FormModel.Marks marks = form.marks();
        showing = true;
        enabled.setSelected(form.get(ENABLED).asBoolean(true));
        showing = false;
        int changed = marks.changed().size();
        present(dirtyDot, changed > 0);
        dirtyCount.setText(
                changed == 0
                        ? ""
                        : changed == 1
                                ? messages.get("entity.oneUnsaved")
                                : messages.get("entity.unsaved", Integer.toString(changed)));
        dirtyPaths.setText(
                marks.changed().stream()
                        .map(FieldPath::shortPointer)
                        .collect(Collectors.joining(", ")));
        int toFix = marks.toFix();
        present(fixFirst, toFix > 0);
        fixFirst.setText(
                toFix == 1
                        ? messages.get("entity.fixOne")
                        : messages.get("entity.fixFirst", Integer.toString(toFix)));
        boolean running = status.running().get();
        save.setDisable(
                model.saving().get()
                        || !running
                        || marks.unreadable() != null
                        || (!model.creating() && !marks.dirty())
                        || toFix > 0);
        revert.setDisable(!model.creating() && !marks.dirty());
        showSaveWords();
        editor.show(form.json());
        editor.mark(marks);
        MalformedJsonException unreadable = marks.unreadable();
        jsonNote.getStyleClass().removeAll("err-text", "muted");
        jsonNote.getStyleClass().add(unreadable == null ? "muted" : "err-text");
        jsonNote.setText(
                unreadable == null
                        ? messages.get("entity.sameObject")
                        : messages.get(
                                "entity.unreadable",
                                Integer.toString(unreadable.line()),
                                Integer.toString(unreadable.column())));
        showHead();
    }

    private void showSaveWords() {
        String verb =
                model.creating()
                        ? messages.get(
                                isPlugin() ? "entity.addPlugin" : Kinds.words(kind()) + ".make")
                        : messages.get("entity.save");
        save.setText(
                model.saving().get()
                        ? messages.get("entity.saving")
                        : verb + "  " + SAVE.getDisplayText());
        revert.setText(messages.get(model.creating() ? "dialog.cancel" : "entity.revert"));
    }

    private void showTrouble() {
        var trouble = model.trouble().get();
        present(banner, trouble.isPresent());
        if (trouble.isEmpty()) {
            return;
        }
        FormPageModel.Trouble told = trouble.get();
        boolean warning = told.sort() == FormPageModel.Trouble.Sort.CHANGED_ELSEWHERE;
        banner.getStyleClass().removeAll("err", "warn");
        banner.getStyleClass().add(warning ? "warn" : "err");
        bannerIcon.setIconLiteral(warning ? "fth-alert-triangle" : "fth-alert-circle");
        bannerIcon.getStyleClass().removeAll("icon-err", "icon-warn");
        bannerIcon.getStyleClass().add(warning ? "icon-warn" : "icon-err");
        bannerText.setText(told.text(messages));
        present(retry, told.sort() == FormPageModel.Trouble.Sort.NOT_READ);
        present(copyDetails, !told.detail().isEmpty());
        present(keepMine, warning);
        present(takeTheirs, warning);
    }

    private void narrow(boolean wanted) {
        narrow = wanted;
        if (view != null) {
            view.narrow(narrow);
        }
        switcher.getChildren().clear();
        if (narrow) {
            var choice =
                    new SegmentedControl(
                            List.of("form", "json"),
                            List.of(messages.get("entity.form"), "JSON"),
                            chosen -> {
                                jsonInFront = chosen.equals("json");
                                arrange();
                            });
            choice.choose(jsonInFront ? "json" : "form");
            switcher.getChildren().add(choice);
        }
        present(switcher, narrow);
        arrange();
    }

    private void arrange() {
        boolean there = model.form().get() != null;
        present(formSlot, !narrow || !jsonInFront);
        present(jsonPane, there && (!narrow || jsonInFront));
        HBox.setHgrow(jsonPane, narrow ? javafx.scene.layout.Priority.ALWAYS : null);
        jsonPane.getStyleClass().remove("whole");
        if (narrow) {
            jsonPane.getStyleClass().add("whole");
        }
    }

    private static void present(Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    private void enable(boolean on) {
        FormModel form = model.form().get();
        if (!showing && form != null) {
            form.set(ENABLED, BooleanNode.valueOf(on));
        }
    }

    private void key(KeyEvent event) {
        FormModel form = model.form().get();
        if (form == null) {
            return;
        }
        boolean inText = event.getTarget() instanceof TextInputControl;
        if (SAVE.match(event)) {
            save();
        } else if (JSON.match(event)) {
            toggleJson();
        } else if (!inText && UNDO.match(event)) {
            form.undo();
        } else if (!inText && REDO.match(event)) {
            form.redo();
        } else {
            return;
        }
        event.consume();
    }

    private void escape(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            actions.leave();
        }
    }

    private void toggleJson() {
        if (narrow) {
            jsonInFront = !jsonInFront;
            narrow(true);
        }
        boolean inJson =
                root.getScene().getFocusOwner() != null
                        && editor.equals(ancestor(root.getScene().getFocusOwner()));
        if (inJson && view != null) {
            view.focusFirst();
        } else {
            editor.focus();
        }
    }

    private static @Nullable Node ancestor(Node node) {
        Node at = node;
        while (at != null && !(at instanceof JsonEditor)) {
            at = at.getParent();
        }
        return at;
    }

    @FXML
    void save() {
        boolean creating = model.creating();
        model.save(
                stored -> actions.saved(stored, creating),
                () -> {
                    if (view != null) {
                        view.focusFirstProblem();
                    }
                });
    }

    @FXML
    void revert() {
        FormModel form = model.form().get();
        if (model.creating()) {
            actions.leave();
        } else if (form != null) {
            form.revert();
        }
    }

    @FXML
    void retry() {
        actions.reread();
    }

    @FXML
    void copyDetails() {
        model.trouble().get().ifPresent(trouble -> copy(trouble.detail()));
    }

    @FXML
    void copyJson() {
        copy(editor.text());
    }

    private static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    @FXML
    void keepMine() {
        model.keepMine();
    }

    @FXML
    void takeTheirs() {
        model.takeTheirs();
    }

    @FXML
    void test() {
        actions.test(Objects.requireNonNull(model.entity()));
    }

    @FXML
    void more() {
        actions.menu(more, Objects.requireNonNull(model.entity()));
    }
}
