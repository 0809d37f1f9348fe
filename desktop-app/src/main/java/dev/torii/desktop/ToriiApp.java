package dev.torii.desktop;

import dev.torii.desktop.client.EngineFinder;
import dev.torii.desktop.client.EngineProcess;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.task.FxTasks;
import dev.torii.model.api.DataFolder;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window.
public final class ToriiApp extends Application {

    /// The variable that names the Admin API of an engine elsewhere.
    public static final String ADMIN_URL = "TORII_ADMIN_URL";

    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 640;

    private final FxTasks tasks = new FxTasks();
    private @Nullable Workbench workbench;

    @Override
    public void start(Stage stage) {
        var bench = new Workbench(tasks, engine(), InstantSource.system(), Locale.getDefault());
        workbench = bench;
        var scene = new Scene(bench.root(), WIDTH, HEIGHT);
        bench.theme().dress(scene);
        stage.setTitle("Torii");
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.show();
        bench.open();
    }

    @Override
    public void stop() {
        if (workbench != null) {
            workbench.close();
        }
        tasks.close();
    }

    private static EngineFinder engine() {
        String url = System.getenv(ADMIN_URL);
        if (url != null && !url.isBlank()) {
            return new RemoteEngine(URI.create(url));
        }
        List<String> command =
                Objects.requireNonNullElse(System.getProperty(EngineProcess.COMMAND_PROPERTY), "")
                        .lines()
                        .toList();
        return new EngineProcess(DataFolder.ofThisUser(), command);
    }
}
