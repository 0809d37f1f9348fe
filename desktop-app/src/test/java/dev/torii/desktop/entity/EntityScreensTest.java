package dev.torii.desktop.entity;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.Workbench;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.task.FxTasks;
import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Location;
import dev.torii.desktop.ui.Location.Creating;
import dev.torii.desktop.ui.Location.Editing;
import dev.torii.desktop.ui.Location.Listing;
import dev.torii.desktop.ui.Pictures;
import dev.torii.desktop.ui.Theme;
import dev.torii.model.config.EntityKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The entity screens in the whole window, with a picture of each in both themes, both languages
/// and two sizes.
@ExtendWith(FxTest.class)
class EntityScreensTest {

    private final FxTasks tasks = new FxTasks();
    private FakeEngine engine = SampleEngine.full();
    private Workbench workbench = open(1440, 900);
    private Stage stage = window(1440, 900);

    private Workbench open(double width, double height) {
        assertThat(width).isGreaterThan(height);
        return onFx(() ->
                new Workbench(
                        tasks,
                        new RemoteEngine(engine.adminUri()),
                        InstantSource.system(),
                        Locale.ENGLISH));
    }

    private Stage window(double width, double height) {
        Stage made =
                onFx(() -> {
                    var scene = new Scene(workbench.root(), width, height);
                    workbench.theme().dress(scene);
                    var window = new Stage();
                    window.setScene(scene);
                    window.show();
                    workbench.open();
                    return window;
                });
        return made;
    }

    private void restart(FakeEngine other, double width, double height) {
        close(false);
        engine = other;
        workbench = open(width, height);
        stage = window(width, height);
    }

    @AfterEach
    void close() {
        close(true);
        tasks.close();
    }

    private void close(boolean last) {
        runOnFx(() -> {
            stage.hide();
            workbench.close();
        });
        engine.close();
        assertThat(last || !stage.isShowing()).isTrue();
    }

    private void go(Location location) {
        runOnFx(() -> workbench.navigation().go(location));
    }

    private void shows(String selector) {
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    Node node = onFx(() -> stage.getScene().lookup(selector));
                    assertThat(node).as(selector).isNotNull();
                });
    }

    private void pictures(String name) {
        for (Theme.Choice theme : new Theme.Choice[] {Theme.Choice.LIGHT, Theme.Choice.DARK}) {
            for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
                runOnFx(() -> {
                    workbench.theme().choice().set(theme);
                    workbench.messages().speak(language);
                });
                onFx(() -> true);
                onFx(() ->
                        Pictures.take(
                                stage.getScene(),
                                name
                                        + "-"
                                        + language.getLanguage()
                                        + "-"
                                        + theme.name().toLowerCase(Locale.ROOT)));
            }
        }
        runOnFx(() -> workbench.messages().speak(Locale.ENGLISH));
    }

    private ObjectNode entity(EntityKind kind, String name) {
        return engine.all(kind).stream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Listing listing(EntityKind kind, String name) {
        return new Listing(kind, Entities.id(entity(kind, name)), name);
    }

    private Editing aiProxy() {
        Listing service = listing(EntityKind.SERVICES, "chat-service");
        ObjectNode plugin =
                engine.all(EntityKind.PLUGINS).stream()
                        .filter(each ->
                                each.path("name").asText().equals("ai-proxy")
                                        && each.path("service")
                                                .path("id")
                                                .asText()
                                                .equals(service.key()))
                        .findFirst()
                        .orElseThrow();
        return new Editing(EntityKind.PLUGINS, Entities.id(plugin), "ai-proxy", service);
    }

    private Editing aiModels() {
        ObjectNode plugin = entity(EntityKind.PLUGINS, "ai-models");
        return new Editing(
                EntityKind.PLUGINS,
                Entities.id(plugin),
                "ai-models",
                listing(EntityKind.ROUTES, "all-in-one"));
    }

    @Test
    void services() {
        go(listing(EntityKind.SERVICES, "chat-service"));
        shows("#chain-ai-proxy");
        pictures("services");

        go(listing(EntityKind.ROUTES, "chat-route"));
        shows("#chain-ai-prompt-guard");
        pictures("routes");

        go(Listing.of(EntityKind.PLUGINS));
        shows("#detail-name");
        pictures("plugins");
    }

    @Test
    void pluginForm() {
        go(aiProxy());
        shows("#field-config-model-options-temperature");
        runOnFx(() -> {
            type("#field-config-model-options-temperature", "7");
            ((atlantafx.base.controls.ToggleSwitch)
                            stage.getScene().lookup("#field-config-logging-log_payloads"))
                    .setSelected(true);
        });
        await().untilAsserted(
                        () -> assertThat(onFx(() -> button("#form-save").isDisabled())).isTrue());
        pictures("plugin-form");
    }

    @Test
    void manyModels() {
        go(listing(EntityKind.SERVICES, "all-in-one"));
        shows("#chain-ai-models");
        pictures("models-service");

        go(aiModels());
        shows("#form-save");
        pictures("models-form");
        shows("#field-config-targets-1");
        runOnFx(() -> click("#field-config-targets-1"));
        shows("#field-config-targets-1-model-options-max_tokens");
        assertThat(onFx(() -> cut(".field-label"))).isEmpty();
        pictures("models-form-open");

        restart(SampleEngine.full(), 1024, 640);
        go(aiModels());
        shows("#form-save");
        pictures("models-form-1024x640");
        runOnFx(() -> workbench.messages().speak(Locale.JAPANESE));
        assertThat(onFx(() -> texts(".seg .toggle-button"))).contains("フォーム");
        runOnFx(() -> workbench.messages().speak(Locale.ENGLISH));
        go(new Creating(EntityKind.PLUGINS, null, listing(EntityKind.SERVICES, "all-in-one")));
        shows("#plugin-ai-models");
        pictures("catalogue-1024x640");
        runOnFx(() -> workbench.messages().speak(Locale.JAPANESE));
        assertThat(onFx(() -> texts("#catalogue-place .list-cell"))).contains("サービス all-in-one");
        assertThat(onFx(() -> cut(".plugin-card .label"))).isEmpty();
    }

    @Test
    void whatStandsOpenStaysSoInAnotherLanguage() {
        String typed = "#field-config-targets-1-model-options-max_tokens";
        go(aiModels());
        shows("#field-config-targets-1");
        runOnFx(() -> {
            click("#field-config-targets-1");
            type(typed, "1234");
            click("#form-advanced");
        });

        runOnFx(() -> workbench.messages().speak(Locale.JAPANESE));

        shows(typed);
        assertThat(onFx(() -> button("#form-save").getText())).startsWith("保存");
        assertThat(onFx(() -> inSight(stage.getScene().lookup(typed)))).isTrue();
        assertThat(onFx(() -> text(typed))).isEqualTo("1234");
        assertThat(onFx(() -> inSight(stage.getScene().lookup("#field-protocols")))).isTrue();
        assertThat(onFx(() -> inSight(stage.getScene().lookup("#field-config-targets-2-prefix"))))
                .isFalse();
        runOnFx(() -> {
            click("#field-config-targets-1");
            click("#form-advanced");
            workbench.messages().speak(Locale.ENGLISH);
        });
        shows(typed);
        assertThat(onFx(() -> inSight(stage.getScene().lookup(typed)))).isFalse();
        assertThat(onFx(() -> inSight(stage.getScene().lookup("#field-protocols")))).isFalse();
    }

    @Test
    void aFormThatCouldNotBeReadSaysSoInTheLanguageChosen() {
        go(new Editing(EntityKind.SERVICES, "gone", "gone", null));
        shows("#form-save");
        await().until(() -> onFx(() -> label("#bannerText").startsWith("Not read: ")));
        pictures("form-not-read");

        runOnFx(() -> workbench.messages().speak(Locale.JAPANESE));

        assertThat(onFx(() -> label("#bannerText"))).startsWith("読み込めませんでした: ");
        assertThat(onFx(() -> button("#form-save").getText())).startsWith("保存");
        assertThat(onFx(() -> button("#form-test").isVisible())).isFalse();
    }

    @Test
    void catalogueAndCreateForms() {
        go(new Creating(EntityKind.PLUGINS, null, listing(EntityKind.SERVICES, "chat-service")));
        shows("#plugin-ai-proxy");
        pictures("catalogue");

        go(new Creating(EntityKind.SERVICES, null, null));
        shows("#field-url");
        pictures("service-create");

        go(new Creating(EntityKind.ROUTES, null, listing(EntityKind.SERVICES, "chat-service")));
        shows("#field-paths");
        pictures("route-create");

        go(
                new Creating(
                        EntityKind.PLUGINS,
                        "ai-prompt-guard",
                        listing(EntityKind.SERVICES, "chat-service")));
        shows("#field-config-deny_patterns-add");
        runOnFx(() -> button("#field-config-deny_patterns-add").fire());
        runOnFx(() -> type("#field-config-deny_patterns-1", ".*登山.*"));
        pictures("guard-create");
    }

    @Test
    void deleteDialog() {
        go(listing(EntityKind.SERVICES, "chat-service"));
        shows("#chain-ai-proxy");
        runOnFx(() -> {
            var table = stage.getScene().lookup("#entity-table");
            table.requestFocus();
            javafx.event.Event.fireEvent(
                    table,
                    new javafx.scene.input.KeyEvent(
                            javafx.scene.input.KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            javafx.scene.input.KeyCode.DELETE,
                            false,
                            false,
                            false,
                            false));
        });
        shows("#dialog-act");
        pictures("delete-dialog");
        runOnFx(() -> workbench.messages().speak(Locale.JAPANESE));
        assertThat(onFx(() -> texts(".dialog-box .h2")))
                .containsExactly("サービス chat-service を削除しますか？");
        assertThat(onFx(() -> button("#dialog-act").getText())).isEqualTo("サービスを削除");
        runOnFx(() -> button("#dialog-act").fire());
        await().untilAsserted(() ->
                assertThat(engine.all(EntityKind.SERVICES))
                        .noneMatch(each -> each.path("name").asText().equals("chat-service")));
        shows("#toast-undo");
        runOnFx(() -> button("#toast-undo").fire());
        await().untilAsserted(() -> {
            assertThat(engine.all(EntityKind.SERVICES))
                    .anyMatch(each -> each.path("name").asText().equals("chat-service"));
            assertThat(engine.all(EntityKind.ROUTES))
                    .anyMatch(each -> each.path("name").asText().equals("chat-v1"));
        });
    }

    @Test
    void smallWindow() {
        restart(SampleEngine.full(), 1024, 640);
        go(Listing.of(EntityKind.SERVICES));
        shows("#entity-table");
        await().untilAsserted(() ->
                assertThat(onFx(() -> stage.getScene().lookup("#entity-table").isVisible()))
                        .isTrue());
        pictures("services-1024x640");

        go(listing(EntityKind.SERVICES, "chat-service"));
        shows("#chain-ai-proxy");
        pictures("service-detail-1024x640");

        go(aiProxy());
        shows("#field-config-model-options-temperature");
        pictures("plugin-form-1024x640");
    }

    @Test
    void empty() {
        restart(SampleEngine.empty(), 1024, 640);
        go(Listing.of(EntityKind.SERVICES));
        await().untilAsserted(() -> {
            Node button = onFx(() -> stage.getScene().lookup("#empty-create"));
            assertThat(button).isNotNull();
            assertThat(onFx(button::isVisible)).isTrue();
        });
        pictures("empty");
    }

    private List<String> texts(String selector) {
        return stage.getScene().getRoot().lookupAll(selector).stream()
                .map(node -> ((Labeled) node).getText())
                .toList();
    }

    /// The texts that are not shown whole.
    private List<String> cut(String selector) {
        stage.getScene().getRoot().applyCss();
        stage.getScene().getRoot().layout();
        return stage.getScene().getRoot().lookupAll(selector).stream()
                .map(Labeled.class::cast)
                .filter(EntityScreensTest::inSight)
                .filter(EntityScreensTest::isCut)
                .map(Labeled::getText)
                .toList();
    }

    private static boolean isCut(Labeled label) {
        return label.lookupAll(".text").stream()
                .noneMatch(node ->
                        node instanceof Text text && text.getText().equals(label.getText()));
    }

    private static boolean inSight(Node node) {
        Node parent = node.getParent();
        return node.isVisible() && (parent == null || inSight(parent));
    }

    private String label(String selector) {
        return ((Labeled) stage.getScene().lookup(selector)).getText();
    }

    private Button button(String selector) {
        return (Button) stage.getScene().lookup(selector);
    }

    private void click(String selector) {
        stage.getScene().lookup(selector).getOnMouseClicked().handle(null);
    }

    private String text(String selector) {
        return ((TextInputControl) stage.getScene().lookup(selector)).getText();
    }

    private void type(String selector, String text) {
        ((TextInputControl) stage.getScene().lookup(selector)).setText(text);
    }
}
