package dev.torii.desktop;

import dev.torii.desktop.client.EngineConnection;
import dev.torii.desktop.client.EngineFinder;
import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.client.PromptClient;
import dev.torii.desktop.entity.EntityPage;
import dev.torii.desktop.entity.InventoryModel;
import dev.torii.desktop.lab.LabView;
import dev.torii.desktop.lab.LabViewModel;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.live.LiveUsage;
import dev.torii.desktop.live.TodayUsage;
import dev.torii.desktop.overview.OverviewView;
import dev.torii.desktop.overview.OverviewViewModel;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.EngineBanner;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.FxDialogs;
import dev.torii.desktop.ui.Fxml;
import dev.torii.desktop.ui.Messages;
import dev.torii.desktop.ui.Navigation;
import dev.torii.desktop.ui.Page;
import dev.torii.desktop.ui.Screen;
import dev.torii.desktop.ui.Shell;
import dev.torii.desktop.ui.ShellViewModel;
import dev.torii.desktop.ui.StatusBar;
import dev.torii.desktop.ui.Theme;
import dev.torii.model.config.EntityKind;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Parent;

/// The composition root: everything that the window is made of is made here, and handed on through
/// constructors. To be made on the JavaFX thread.
public final class Workbench implements AutoCloseable {

    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final int MOST_BACKFILLED = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Theme theme = new Theme();
    private final Navigation navigation = new Navigation();
    private final EngineStatus status = new EngineStatus();
    private final Messages messages;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Fxml fxml;
    private final FxDialogs dialogs;
    private final LivePulse pulse = new LivePulse();
    private final LiveUsage live;
    private final EngineConnection connection;
    private final TodayUsage today;
    private final Shell shell;

    /// @param language what the user speaks
    public Workbench(Tasks tasks, EngineFinder engine, InstantSource clock, Locale language) {
        this.tasks = tasks;
        this.clock = clock;
        messages = new Messages(language);
        fxml = new Fxml(messages);
        dialogs = new FxDialogs(messages);
        live = new LiveUsage(tasks, clock, pulse, status::configChanged);
        connection = new EngineConnection(engine, http, clock, live, this::engineChanged);
        today = new TodayUsage(connection.client(), live, pulse, tasks, clock, ZONE);
        var model = new ShellViewModel(status, pulse, messages, clock, tasks);
        shell =
                new Shell(
                        fxml,
                        navigation,
                        messages,
                        theme,
                        pages(),
                        new EngineBanner(fxml, model, connection, dialogs, messages),
                        new StatusBar(fxml, model),
                        dialogs);
    }

    private Map<Screen, Supplier<Page>> pages() {
        Map<Screen, Supplier<Page>> pages = new EnumMap<>(Screen.class);
        pages.put(Screen.OVERVIEW, this::overview);
        pages.put(Screen.LAB, this::lab);
        var entities =
                new EntityPage.Services(
                        connection.client(),
                        tasks,
                        dialogs,
                        messages,
                        navigation,
                        status,
                        new InventoryModel(connection.client(), tasks, status, clock),
                        fxml);
        pages.put(Screen.SERVICES, () -> new EntityPage(EntityKind.SERVICES, entities));
        pages.put(Screen.ROUTES, () -> new EntityPage(EntityKind.ROUTES, entities));
        pages.put(Screen.PLUGINS, () -> new EntityPage(EntityKind.PLUGINS, entities));
        return pages;
    }

    private Page overview() {
        var model =
                new OverviewViewModel(
                        connection.client(),
                        live,
                        today,
                        pulse,
                        status,
                        messages,
                        tasks,
                        clock,
                        ZONE);
        return new OverviewView(fxml, model, messages, navigation, ZONE);
    }

    private Page lab() {
        var model =
                new LabViewModel(
                        connection.client(),
                        new PromptClient(http),
                        live,
                        status,
                        messages,
                        tasks,
                        clock);
        return new LabView(fxml, model, messages, dialogs);
    }

    /// On the connection's thread. What happened before the window was there is asked for once the
    /// events flow, so that nothing falls between.
    private void engineChanged(EngineState now) {
        if (now instanceof EngineState.Running running) {
            live.connected(Instant.ofEpochMilli(running.identity().startedAt()));
            tasks.run(
                    () ->
                            connection
                                    .client()
                                    .requests(
                                            clock.instant().minus(LiveUsage.reach()),
                                            MOST_BACKFILLED),
                    live::backfill,
                    _ -> {});
            tasks.onUi(today::refresh);
        } else {
            live.disconnected();
        }
        tasks.onUi(() -> status.update(now));
    }

    public Parent root() {
        return shell.root();
    }

    public Theme theme() {
        return theme;
    }

    public Navigation navigation() {
        return navigation;
    }

    public Messages messages() {
        return messages;
    }

    /// Connects to the engine. The window is better shown before.
    public void open() {
        connection.open();
    }

    @Override
    public void close() {
        connection.close();
        // Not close(), which waits for the event stream to end.
        http.shutdownNow();
    }
}
