package dev.torii.desktop;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.torii.desktop.client.FakeChat;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.task.FxTasks;
import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Screen;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
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

    @Test
    void anAnswerShowsUpPieceByPieceAndStopsOnRequest() {
        var route = Json.object().put("name", "chat-route");
        route.putArray("paths").add("/chat");
        engine.add(EntityKind.ROUTES, route);
        var gate = new Semaphore(1);
        engine.chat(FakeChat.pacedBy(gate, "First", " second", " third"));
        runOnFx(() -> workbench.navigation().go(Screen.LAB.home()));
        runOnFx(() -> area("#message-user").setText("Say something"));
        await().until(() -> onFx(() -> !stage.getScene().lookup("#send").isDisabled()));

        runOnFx(() -> press(KeyCode.ENTER, true));
        await().until(() -> onFx(() -> area("#answer").getText()).equals("First▍"));
        runOnFx(() -> press(KeyCode.ESCAPE, false));

        assertThat(text("#stateText")).startsWith("Stopped by you");
        assertThat(onFx(() -> area("#answer").getText())).isEqualTo("First");
        gate.release(9);
    }

    private void press(KeyCode key, boolean shortcut) {
        area("#message-user")
                .fireEvent(
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED, "", "", key, false, shortcut, false, false));
    }

    private TextArea area(String selector) {
        stage.getScene().getRoot().applyCss();
        stage.getScene().getRoot().layout();
        return (TextArea) stage.getScene().lookup(selector);
    }

    private String text(String selector) {
        return onFx(() -> ((Label) stage.getScene().lookup(selector)).getText());
    }
}
