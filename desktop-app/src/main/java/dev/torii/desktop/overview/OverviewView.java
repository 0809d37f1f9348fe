package dev.torii.desktop.overview;

import dev.torii.desktop.chart.LiveChart;
import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.live.UsageFrame;
import dev.torii.desktop.ui.Fxml;
import dev.torii.desktop.ui.Location;
import dev.torii.desktop.ui.Messages;
import dev.torii.desktop.ui.Navigation;
import dev.torii.desktop.ui.Page;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The overview's nodes, bound to its view model.
public final class OverviewView implements Page {

    private static final double WIDE = 1200 - 216;
    private static final double HIGH = 720 - 76;
    private static final double LOWER_HIGH = 190;
    private static final double LOWER_LOW = 140;

    /// The card that small windows leave out: tokens are in the chart below.
    private static final int TOKENS_CARD = 1;

    private final OverviewViewModel model;
    private final Messages messages;
    private final Navigation navigation;
    private final OverviewCharts charts;
    private final Legend legendKeys;
    private final List<MetricCard> metricCards = new ArrayList<>();
    private final VBox root;

    @FXML private Region liveDot;
    @FXML private Label subtitle;
    @FXML private Label groupLabel;
    @FXML private ComboBox<GroupBy> groupBy;
    @FXML private HBox ranges;
    @FXML private Button pause;
    @FXML private FontIcon pauseIcon;
    @FXML private HBox cards;
    @FXML private HBox legend;
    @FXML private Label groupedBy;
    @FXML private LiveChart tokens;
    @FXML private VBox emptyState;
    @FXML private Button copyEndpoint;
    @FXML private VBox problemState;
    @FXML private Label problem;
    @FXML private VBox costCard;
    @FXML private VBox costRows;
    @FXML private Label noCosts;
    @FXML private HBox lower;
    @FXML private LiveChart firstToken;
    @FXML private LiveChart latency;

    @SuppressWarnings("NullAway.Init") // FXML sets its fields
    public OverviewView(
            Fxml fxml,
            OverviewViewModel model,
            Messages messages,
            Navigation navigation,
            ZoneId zone) {
        this.model = model;
        this.messages = messages;
        this.navigation = navigation;
        charts = new OverviewCharts(messages, zone);
        root = fxml.load(this, VBox.class);
        legendKeys = new Legend(legend, tokens::hide);
        makeControls();
        model.subtitle().subscribe(subtitle::setText);
        liveDot.visibleProperty().bind(model.flowing());
        liveDot.managedProperty().bind(model.flowing());
        model.stale()
                .subscribe(old -> {
                    root.getStyleClass().remove("stale");
                    if (old) {
                        root.getStyleClass().add("stale");
                    }
                });
        model.cards().subscribe(this::showCards);
        model.costs().subscribe(this::showCosts);
        model.frame().subscribe(this::showFrame);
        emptyState.visibleProperty().bind(model.empty().and(model.problem().isEmpty()));
        problemState.visibleProperty().bind(model.problem().isNotEmpty());
        problem.textProperty().bind(model.problem());
        copyEndpoint.textProperty().bind(model.endpoint());
        tokens.visibleProperty()
                .bind(emptyState.visibleProperty().or(problemState.visibleProperty()).not());
        messages.language().subscribe(_ -> speak());
        model.paused().subscribe(_ -> speak());
        model.groupBy().subscribe(_ -> speak());
        root.widthProperty().subscribe(_ -> fit());
        root.heightProperty().subscribe(_ -> fit());
    }

    private void makeControls() {
        groupBy.getItems().setAll(GroupBy.values());
        groupBy.setCellFactory(_ -> new GroupCell());
        groupBy.setButtonCell(new GroupCell());
        groupBy.valueProperty().bindBidirectional(model.groupBy());
        var group = new ToggleGroup();
        for (Range range : Range.values()) {
            var button = new ToggleButton();
            button.setId("range-" + range.name().toLowerCase(Locale.ROOT));
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.textProperty().bind(messages.text(range.titleKey()));
            button.setToggleGroup(group);
            button.setSelected(range == model.range().get());
            // One of them is always chosen.
            button.setOnAction(_ -> {
                button.setSelected(true);
                model.range().set(range);
            });
            ranges.getChildren().add(button);
        }
        for (int i = 0; i < 5; i++) {
            metricCards.add(new MetricCard());
        }
        cards.getChildren().setAll(metricCards);
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public void show(Location location) {
        model.start();
    }

    @Override
    public void hide() {
        model.stop();
    }

    private void showCards(List<Metric> metrics) {
        for (int i = 0; i < metrics.size(); i++) {
            metricCards.get(i).show(metrics.get(i));
        }
    }

    private void showCosts(List<CostRow> rows) {
        costRows.getChildren().setAll(rows.stream().map(CostBar::new).toList());
        noCosts.setVisible(rows.isEmpty());
        noCosts.setManaged(rows.isEmpty());
    }

    private void showFrame(Optional<UsageFrame> shown) {
        shown.ifPresent(frame -> {
            Range range = model.range().get();
            var stacked = charts.tokens(frame, range, model);
            tokens.show(stacked);
            legendKeys.show(stacked.lines());
            firstToken.show(
                    charts.percentiles(frame, frame.firstTokenP50(), frame.firstTokenP95(), range));
            latency.show(charts.percentiles(frame, frame.latencyP50(), frame.latencyP95(), range));
        });
    }

    private void speak() {
        pause.setText(messages.get(model.paused().get() ? "overview.resume" : "overview.pause"));
        pauseIcon.setIconLiteral(model.paused().get() ? "fth-play" : "fth-pause");
        groupedBy.setText(
                messages.get(
                        "overview.by",
                        groupName(model.groupBy().get()).toLowerCase(messages.language().get())));
        tokens.setAccessibleText(messages.get("overview.tokensPerSecond"));
        firstToken.setAccessibleText(messages.get("overview.firstToken"));
        latency.setAccessibleText(messages.get("overview.latency"));
        showFrame(model.frame().get());
    }

    private String groupName(GroupBy group) {
        return messages.get(
                switch (group) {
                    case MODEL -> "overview.groupModel";
                    case PROVIDER -> "overview.groupProvider";
                    case ROUTE -> "overview.groupRoute";
                    case SERVICE -> "overview.groupService";
                    case CONSUMER -> "overview.groupConsumer";
                });
    }

    private final class GroupCell extends ListCell<GroupBy> {

        GroupCell() {
            messages.language().subscribe(_ -> updateItem(getItem(), isEmpty()));
        }

        @Override
        protected void updateItem(@Nullable GroupBy group, boolean empty) {
            super.updateItem(group, empty);
            setText(group == null ? "" : groupName(group));
        }
    }

    /// Gives up what matters least when there is little room.
    private void fit() {
        boolean wide = root.getWidth() >= WIDE;
        for (Region part : List.of(costCard, groupBy, groupLabel, metricCards.get(TOKENS_CARD))) {
            part.setVisible(wide);
            part.setManaged(wide);
        }
        metricCards.forEach(card -> card.showTrend(wide));
        double height = root.getHeight() >= HIGH ? LOWER_HIGH : LOWER_LOW;
        lower.setMinHeight(height);
        lower.setPrefHeight(height);
        lower.setMaxHeight(height);
    }

    @FXML
    void togglePause() {
        model.paused().set(!model.paused().get());
    }

    @FXML
    void tryPrompt() {
        navigation.go(new Location.Lab(null));
    }

    @FXML
    void copyEndpoint() {
        var content = new ClipboardContent();
        content.putString(model.endpoint().get());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
