package dev.torii.desktop;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.task.FxTasks;
import dev.torii.desktop.ui.FxTest;
import java.time.InstantSource;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FxTest.class)
class WorkbenchTest {

    private final FakeEngine engine = new FakeEngine();
    private final FxTasks tasks = new FxTasks();
    private final Workbench workbench =
            onFx(() ->
                    new Workbench(
                            tasks,
                            new RemoteEngine(engine.adminUri()),
                            InstantSource.system(),
                            Locale.ENGLISH));
    private final Stage stage =
            onFx(() -> {
                var scene = new Scene(workbench.root(), 1440, 900);
                workbench.theme().dress(scene);
                var window = new Stage();
                window.setScene(scene);
                window.show();
                return window;
            });

    @BeforeEach
    void open() {
        workbench.open();
    }

    @AfterEach
    void close() {
        runOnFx(() -> {
            stage.hide();
            workbench.close();
        });
        tasks.close();
        engine.close();
    }

    @Test
    void saysThatTheEngineRunsAndWhere() {
        await().untilAsserted(() -> {
            assertThat(text("#state")).isEqualTo("Engine running");
            assertThat(text("#proxy")).isEqualTo("proxy " + engine.proxyUri().getAuthority());
            assertThat(text("#revision")).isEqualTo("revision 1");
        });
    }

    @Test
    void switchesTheLanguageWithoutBuildingTheWindowAnew() {
        await().untilAsserted(() -> assertThat(text("#state")).isEqualTo("Engine running"));

        runOnFx(() -> workbench.messages().speak(Locale.JAPANESE));

        assertThat(text("#state")).isEqualTo("エンジン稼働中");
    }

    private String text(String selector) {
        return onFx(() -> ((Label) stage.getScene().lookup(selector)).getText());
    }
}
