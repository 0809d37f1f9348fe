package dev.torii.desktop;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.FakeChat;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.entity.SampleEngine;
import dev.torii.desktop.task.FxTasks;
import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Hands;
import dev.torii.model.config.EntityKind;
import java.time.InstantSource;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The hands-on with the desktop alone, done by a robot in the real window.
@ExtendWith(FxTest.class)
class HandsOnRobotTest {

    private final FakeEngine engine = SampleEngine.empty();
    private final FxTasks tasks = new FxTasks();
    private final Workbench workbench =
            onFx(() ->
                    new Workbench(
                            tasks,
                            new RemoteEngine(engine.adminUri()),
                            InstantSource.system(),
                            Locale.ENGLISH));
    private final Stage stage = onFx(() -> window(workbench));
    private final HandsOn user = new HandsOn(new Hands(stage));

    /// No larger than the screen that JavaFX has without a display.
    private static Stage window(Workbench workbench) {
        var scene = new Scene(workbench.root(), 1000, 900);
        workbench.theme().dress(scene);
        var window = new Stage();
        window.setScene(scene);
        window.setX(0);
        window.setY(0);
        window.show();
        workbench.open();
        return window;
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
    void fromNothingToAGuardedChat() {
        engine.chat(FakeChat.saying("東京は", "今日も", "晴れです"));

        user.createService("chat-service", "https://example.com");
        user.createRoute("chat-route", "/chat");
        user.addModel("Bearer sk-test-key-for-the-hands-on", "gpt-4o-mini", "");
        user.addSystemPrompt("あなたは優秀なアシスタントです");
        user.addGuard(".*登山.*");

        assertThat(engine.all(EntityKind.SERVICES))
                .singleElement()
                .satisfies(service -> {
                    assertThat(service.path("name").asText()).isEqualTo("chat-service");
                    assertThat(service.path("protocol").asText()).isEqualTo("https");
                    assertThat(service.path("host").asText()).isEqualTo("example.com");
                    assertThat(service.path("port").asInt()).isEqualTo(443);
                });
        String service = engine.all(EntityKind.SERVICES).getFirst().path("id").asText();
        assertThat(engine.all(EntityKind.ROUTES))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.path("paths").path(0).asText()).isEqualTo("/chat");
                    assertThat(route.path("service").path("id").asText()).isEqualTo(service);
                });
        JsonNode config = plugin("ai-proxy", service);
        assertThat(config.path("route_type").asText()).isEqualTo("llm/v1/chat");
        assertThat(config.path("auth").path("header_name").asText()).isEqualTo("Authorization");
        assertThat(config.path("auth").path("header_value").asText())
                .isEqualTo("Bearer sk-test-key-for-the-hands-on");
        assertThat(config.path("model").path("options").path("temperature").decimalValue())
                .isEqualByComparingTo("0.7");
        assertThat(config.path("model").path("options").path("max_tokens").asInt()).isEqualTo(1024);
        assertThat(config.path("logging").path("log_payloads").asBoolean()).isTrue();
        assertThat(
                        plugin("ai-prompt-decorator", service)
                                .path("prompts")
                                .path("prepend")
                                .path(0)
                                .path("content")
                                .asText())
                .isEqualTo("あなたは優秀なアシスタントです");
        assertThat(plugin("ai-prompt-guard", service).path("deny_patterns").path(0).asText())
                .isEqualTo(".*登山.*");

        user.openLab();
        user.ask("東京の天気は？");
        user.answerReads("東京は今日も晴れです");

        engine.chat(FakeChat.refusing(400, "bad request"));
        user.ask("登山のおすすめは？");
        user.refusalReads("bad request");
    }

    private JsonNode plugin(String name, String service) {
        ObjectNode plugin =
                engine.all(EntityKind.PLUGINS).stream()
                        .filter(each -> each.path("name").asText().equals(name))
                        .findFirst()
                        .orElseThrow();
        assertThat(plugin.path("service").path("id").asText()).isEqualTo(service);
        return plugin.path("config");
    }
}
