package dev.torii.desktop;

import dev.torii.desktop.client.EngineConnection;
import dev.torii.desktop.client.EngineFinder;
import dev.torii.desktop.entity.EntityPage;
import dev.torii.desktop.entity.InventoryModel;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.live.LiveUsage;
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
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Parent;

/// The composition root: everything that the window is made of is made here, and handed on through
/// constructors. To be made on the JavaFX thread.
public final class Workbench implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Theme theme = new Theme();
    private final Navigation navigation = new Navigation();
    private final EngineStatus status = new EngineStatus();
    private final Messages messages;
    private final EngineConnection connection;
    private final Shell shell;

    /// @param language what the user speaks
    public Workbench(Tasks tasks, EngineFinder engine, InstantSource clock, Locale language) {
        messages = new Messages(language);
        var fxml = new Fxml(messages);
        var dialogs = new FxDialogs();
        var pulse = new LivePulse();
        var live = new LiveUsage(tasks, clock, pulse, status::configChanged);
        connection =
                new EngineConnection(
                        engine, http, clock, live, now -> tasks.onUi(() -> status.update(now)));
        var model = new ShellViewModel(status, pulse, messages, clock, tasks);
        shell =
                new Shell(
                        fxml,
                        navigation,
                        messages,
                        theme,
                        pages(tasks, clock, fxml, dialogs),
                        new EngineBanner(fxml, model, connection, dialogs, messages),
                        new StatusBar(fxml, model),
                        dialogs);
    }

    private Map<Screen, Supplier<Page>> pages(
            Tasks tasks, InstantSource clock, Fxml fxml, FxDialogs dialogs) {
        Map<Screen, Supplier<Page>> pages = new EnumMap<>(Screen.class);
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
        http.close();
    }
}
