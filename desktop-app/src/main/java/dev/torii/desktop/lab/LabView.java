package dev.torii.desktop.lab;

import dev.torii.desktop.ui.DialogService;
import dev.torii.desktop.ui.Fxml;
import dev.torii.desktop.ui.Location;
import dev.torii.desktop.ui.Messages;
import dev.torii.desktop.ui.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The prompt lab's nodes, bound to its view model.
public final class LabView implements Page {

    private static final KeyCombination SEND =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final double WIDE = 1200 - 216;
    private static final double PROMPT_WIDE = 480;
    private static final double PROMPT_NARROW = 360;
    private static final double HIGH = 720 - 76;

    /// Stands at the end of an answer that goes on. It does not blink.
    private static final String CARET = "▍";

    private static final List<String> STARTERS =
            List.of("lab.starterHello", "lab.starterExplain", "lab.starterTranslate");

    private final LabViewModel model;
    private final Messages messages;
    private final DialogService dialogs;
    private final Map<MessageDraft, MessageComposer> composers = new HashMap<>();
    private final HBox root;

    @FXML private VBox promptPane;
    @FXML private VBox messageBox;
    @FXML private TextField wantedModel;
    @FXML private TextField temperature;
    @FXML private TextField maxTokens;
    @FXML private TextField apiKey;
    @FXML private Label hint;
    @FXML private Button send;
    @FXML private Button stop;
    @FXML private ComboBox<RouteChoice> route;
    @FXML private Label initial;
    @FXML private Label modelName;
    @FXML private Region stateDot;
    @FXML private Label stateText;
    @FXML private Button copyAnswer;
    @FXML private VBox problemSlot;
    @FXML private FontIcon problemIcon;
    @FXML private Label problem;
    @FXML private TextArea answer;
    @FXML private VBox starters;
    @FXML private FlowPane starterButtons;
    @FXML private Label firstToken;
    @FXML private Label speed;
    @FXML private Label tokens;
    @FXML private Label cost;
    @FXML private VBox exportCard;
    @FXML private ToggleGroup language;
    @FXML private ToggleButton curl;
    @FXML private TextArea code;

    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    public LabView(Fxml fxml, LabViewModel model, Messages messages, DialogService dialogs) {
        this.model = model;
        this.messages = messages;
        this.dialogs = dialogs;
        root = fxml.load(this, HBox.class);
        bindPrompt();
        bindAnswer();
        bindExport();
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
        root.widthProperty().subscribe(_ -> fit());
        root.heightProperty().subscribe(_ -> fit());
    }

    private void bindPrompt() {
        wantedModel.textProperty().bindBidirectional(model.model());
        temperature.textProperty().bindBidirectional(model.temperature());
        maxTokens.textProperty().bindBidirectional(model.maxTokens());
        apiKey.textProperty().bindBidirectional(model.apiKey());
        model.drafts().addListener((ListChangeListener<MessageDraft>) _ -> showDrafts());
        showDrafts();
        route.setItems(model.routes());
        route.setCellFactory(_ -> new RouteCell());
        route.setButtonCell(new RouteCell());
        route.valueProperty().bindBidirectional(model.route());
        send.disableProperty().bind(model.canSend().not());
        model.answer()
                .state()
                .subscribe(state -> {
                    boolean streaming = state == AnswerViewModel.State.STREAMING;
                    show(send, !streaming);
                    show(stop, streaming);
                });
        model.blocked().subscribe(_ -> showHint());
        messages.language().subscribe(_ -> showHint());
    }

    private void bindAnswer() {
        model.answer().text().subscribe(_ -> showAnswer());
        model.answer().state().subscribe(_ -> showAnswer());
        model.answer().stateText().subscribe(stateText::setText);
        model.answer().model().subscribe(_ -> showName());
        model.route().subscribe(_ -> showName());
        problem.textProperty().bind(model.answer().problem());
        problemSlot.visibleProperty().bind(model.answer().problem().isNotEmpty());
        problemSlot.managedProperty().bind(problemSlot.visibleProperty());
        firstToken.textProperty().bind(model.answer().firstToken());
        speed.textProperty().bind(model.answer().speed());
        tokens.textProperty().bind(model.answer().tokens());
        cost.textProperty().bind(model.answer().cost());
        copyAnswer.disableProperty().bind(model.answer().text().isEmpty());
        for (String key : STARTERS) {
            var button = new Button();
            button.getStyleClass().add("sm");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.textProperty().bind(messages.text(key));
            button.setOnAction(_ -> model.start(button.getText()));
            starterButtons.getChildren().add(button);
        }
    }

    private void bindExport() {
        InvalidationListener changed = _ -> showCode();
        model.drafts().addListener(changed);
        model.route().addListener(changed);
        model.model().addListener(changed);
        model.temperature().addListener(changed);
        model.maxTokens().addListener(changed);
        model.apiKey().addListener(changed);
        language.selectedToggleProperty()
                .subscribe((before, now) -> {
                    if (now == null) {
                        before.setSelected(true);
                    }
                    showCode();
                });
        showCode();
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public void show(Location location) {
        if (location instanceof Location.Lab lab && lab.route() != null) {
            model.choose(lab.route());
        }
        model.reload();
        showCode();
    }

    private void showDrafts() {
        composers.keySet().retainAll(model.drafts());
        var shown =
                model.drafts().stream()
                        .map(draft ->
                                composers.computeIfAbsent(
                                        draft,
                                        _ ->
                                                new MessageComposer(
                                                        draft,
                                                        messages,
                                                        () -> model.remove(draft))))
                        .toList();
        if (!messageBox.getChildren().equals(shown)) {
            messageBox.getChildren().setAll(shown);
        }
    }

    private void showHint() {
        String why = model.blocked().get();
        hint.setText(
                why.isEmpty()
                        ? messages.get("lab.keys", SEND.getDisplayText().replace("↵", "Enter"))
                        : why);
    }

    private void showAnswer() {
        AnswerViewModel.State state = model.answer().state().get();
        boolean streaming = state == AnswerViewModel.State.STREAMING;
        starters.setVisible(state == AnswerViewModel.State.IDLE);
        answer.setVisible(state != AnswerViewModel.State.IDLE);
        stateDot.getStyleClass()
                .setAll(
                        "dot",
                        switch (state) {
                            case IDLE, STOPPED -> "off";
                            case STREAMING -> "acc";
                            case DONE -> "ok";
                            case REFUSED, BROKEN -> "err";
                        });
        problemIcon.setIconLiteral(
                state == AnswerViewModel.State.REFUSED ? "fth-shield" : "fth-alert-circle");
        String text = model.answer().text().get() + (streaming ? CARET : "");
        String before = answer.getText();
        if (before.equals(text)) {
            return;
        }
        double scrolled = answer.getScrollTop();
        boolean following = answer.getSelection().getLength() == 0;
        answer.setText(text);
        if (following) {
            answer.positionCaret(text.length());
        } else {
            answer.setScrollTop(scrolled);
        }
    }

    private void showName() {
        RouteChoice target = model.route().get();
        String name =
                !model.answer().model().get().isEmpty()
                        ? model.answer().model().get()
                        : target == null ? messages.get("lab.noRoute") : target.name();
        modelName.setText(name);
        initial.setText(name.substring(0, 1).toUpperCase(Locale.ROOT));
    }

    private void showCode() {
        code.setText(curl.isSelected() ? model.curl() : model.python());
    }

    private void shortcut(KeyEvent event) {
        if (SEND.match(event) && model.canSend().get()) {
            model.send();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE
                && model.answer().state().get() == AnswerViewModel.State.STREAMING) {
            model.answer().stop();
            event.consume();
        }
    }

    private void fit() {
        double width = root.getWidth() >= WIDE ? PROMPT_WIDE : PROMPT_NARROW;
        promptPane.setMinWidth(width);
        promptPane.setPrefWidth(width);
        promptPane.setMaxWidth(width);
        boolean high = root.getHeight() >= HIGH;
        exportCard.setVisible(high);
        exportCard.setManaged(high);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        dialogs.toast(new DialogService.Toast(messages.get("toast.copied"), ""));
    }

    @FXML
    void addMessage() {
        model.addMessage();
        MessageComposer added = composers.get(model.drafts().getLast());
        if (added != null) {
            added.write();
        }
    }

    @FXML
    void send() {
        model.send();
    }

    @FXML
    void stop() {
        model.answer().stop();
    }

    @FXML
    void copyAnswer() {
        copy(model.answer().text().get());
    }

    @FXML
    void copyCode() {
        copy(code.getText());
    }

    /// A route by its name, and the path that leads to it.
    private static final class RouteCell extends ListCell<RouteChoice> {

        @Override
        protected void updateItem(@Nullable RouteChoice choice, boolean empty) {
            super.updateItem(choice, empty);
            setText(choice == null ? "" : choice.name() + "   POST " + choice.path());
        }
    }
}
