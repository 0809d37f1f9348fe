package dev.torii.desktop;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.torii.desktop.client.FakeChat;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.client.SampleTraffic;
import dev.torii.desktop.task.FxTasks;
import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Pictures;
import dev.torii.desktop.ui.Screen;
import dev.torii.desktop.ui.Theme;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pictures of every screen, to be looked at; and what a machine can check of them.
@ExtendWith(FxTest.class)
class SnapshotTest {

    private record Size(int width, int height) {

        String suffix() {
            return width == 1440 ? "" : "-" + width + "x" + height;
        }
    }

    private static final Size LARGE = new Size(1440, 900);
    private static final Size SMALL = new Size(1024, 640);

    private static final Logger CSS = Logger.getLogger("javafx.css");

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Handler ear = new Complaints(complaints);
    private final FakeEngine engine = new FakeEngine(Instant.now().minusSeconds(262));
    private final FxTasks tasks = new FxTasks();
    private final Workbench workbench =
            onFx(() ->
                    new Workbench(
                            tasks,
                            new RemoteEngine(engine.adminUri()),
                            InstantSource.system(),
                            Locale.ENGLISH));
    private Scene scene = onFx(() -> new Scene(workbench.root(), 1440, 900));
    private final Stage stage =
            onFx(() -> {
                var window = new Stage();
                window.setScene(scene);
                window.show();
                return window;
            });

    @BeforeEach
    void listen() {
        CSS.addHandler(ear);
    }

    @AfterEach
    void close() {
        CSS.removeHandler(ear);
        runOnFx(stage::hide);
        runOnFx(workbench::close);
        tasks.close();
        engine.close();
    }

    @Test
    void takesTheOverviewWithTraffic() {
        engine.requests(SampleTraffic.requests(Instant.now()));
        engine.usage(SampleTraffic.costs());
        workbench.open();
        await().until(() -> onFx(() -> scene.getRoot().lookup(".legend-key") != null));
        take("overview", Screen.OVERVIEW);
    }

    @Test
    void takesTheOverviewBeforeAnyRequest() {
        workbench.open();
        await().until(() -> onFx(() -> scene.getRoot().lookup(".empty").isVisible()));
        take("overview-empty", Screen.OVERVIEW);
    }

    @Test
    void takesThePromptLab() {
        addRoute();
        workbench.open();
        runOnFx(() -> workbench.navigation().go(Screen.LAB.home()));
        await().until(() -> onFx(() -> button("#send").isDisabled()));
        take("lab-empty", Screen.LAB);
    }

    @Test
    void takesAnAnswerAndARefusal() {
        addRoute();
        engine.chat(
                FakeChat.saying(
                        "A torii is the gate ",
                        "in front of a shrine. ",
                        "It marks where the everyday ends; ",
                        "whoever passes through it knows that other rules hold behind it.\n\n",
                        "This gateway does the same for requests to a model."));
        workbench.open();
        runOnFx(() -> workbench.navigation().go(Screen.LAB.home()));
        runOnFx(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            area("#message-system").setText("You are an excellent assistant.");
            area("#message-user").setText("What is a torii, and why is a gateway named so?");
        });
        await().until(() -> onFx(() -> !button("#send").isDisabled()));
        runOnFx(() -> button("#send").fire());
        await().until(() -> onFx(() -> area("#answer").getText().endsWith("model.")));
        take("lab-answer", Screen.LAB);

        engine.chat(FakeChat.refusing(400, "bad request"));
        runOnFx(() -> button("#send").fire());
        await().until(() -> onFx(() -> scene.getRoot().lookup("#problem").isVisible()));
        take("lab-refused", Screen.LAB);
    }

    @Test
    void takesALostEngine() {
        engine.requests(SampleTraffic.requests(Instant.now()));
        engine.usage(SampleTraffic.costs());
        workbench.open();
        await().until(() -> onFx(() -> scene.getRoot().lookup(".legend-key") != null));
        engine.close();
        await().until(() -> onFx(() -> scene.getRoot().lookup(".banner-slot").isVisible()));
        take("disconnected", Screen.OVERVIEW);
    }

    private void addRoute() {
        var route = Json.object().put("name", "chat-route");
        route.putArray("paths").add("/chat");
        engine.add(EntityKind.ROUTES, route);
    }

    private Button button(String selector) {
        return (Button) scene.getRoot().lookup(selector);
    }

    private TextArea area(String selector) {
        return (TextArea) scene.getRoot().lookup(selector);
    }

    private void take(String name, Screen screen) {
        runOnFx(() -> workbench.navigation().go(screen.home()));
        for (Size size : new Size[] {LARGE, SMALL}) {
            for (Theme.Choice theme : new Theme.Choice[] {Theme.Choice.LIGHT, Theme.Choice.DARK}) {
                for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
                    take(name, size, theme, language);
                }
            }
        }
    }

    private void take(String name, Size size, Theme.Choice theme, Locale language) {
        String file =
                name
                        + "-"
                        + language.getLanguage()
                        + "-"
                        + theme.name().toLowerCase(Locale.ROOT)
                        + size.suffix();
        runOnFx(() -> {
            if (scene.getWidth() != size.width()) {
                scene.setRoot(new Group());
                scene = new Scene(workbench.root(), size.width(), size.height());
                stage.setScene(scene);
            }
            workbench.theme().dress(scene);
            workbench.theme().choice().set(theme);
            workbench.messages().speak(language);
        });
        runOnFx(() -> Pictures.take(scene, file));
        runOnFx(() -> checkButtons(file));
        runOnFx(() -> checkExplanations(file));
        assertThat(complaints).as("what CSS complains of in %s", file).isEmpty();
    }

    /// Every button in sight says all that it has to say, inside the window.
    private void checkButtons(String file) {
        for (Node node : scene.getRoot().lookupAll(".button")) {
            if (!(node instanceof Button button) || !inSight(button)) {
                continue;
            }
            Bounds place = button.localToScene(button.getBoundsInLocal());
            assertThat(place.getMaxX())
                    .as("right edge of '%s' in %s", button.getText(), file)
                    .isLessThanOrEqualTo(scene.getWidth());
            assertThat(place.getMaxY())
                    .as("lower edge of '%s' in %s", button.getText(), file)
                    .isLessThanOrEqualTo(scene.getHeight());
            if (button.getText() != null
                    && !button.getText().isEmpty()
                    && button.lookup(".text") instanceof Text text) {
                assertThat(text.getText()).as(file).isEqualTo(button.getText());
            }
        }
    }

    /// What explains an empty page is shown whole.
    private void checkExplanations(String file) {
        for (Node node : scene.getRoot().lookupAll(".explanation")) {
            if (node instanceof Label label
                    && inSight(label)
                    && label.lookup(".text") instanceof Text text) {
                assertThat(text.getText()).as(file).isEqualTo(label.getText());
            }
        }
    }

    private static boolean inSight(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static final class Complaints extends Handler {

        private final List<String> heard;

        Complaints(List<String> heard) {
            this.heard = heard;
        }

        @Override
        public void publish(LogRecord message) {
            heard.add(message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
