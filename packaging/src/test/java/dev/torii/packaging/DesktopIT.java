package dev.torii.packaging;

import static dev.torii.desktop.ui.FxTest.onFx;
import static dev.torii.desktop.ui.FxTest.runOnFx;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torii.desktop.HandsOn;
import dev.torii.desktop.Workbench;
import dev.torii.desktop.client.RemoteEngine;
import dev.torii.desktop.task.FxTasks;
import dev.torii.desktop.ui.FxTest;
import dev.torii.desktop.ui.Hands;
import dev.torii.desktop.ui.Pictures;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The hands-on with the desktop alone: a robot in the real window, the real engine behind it, and
/// an upstream that answers as a provider would.
@ExtendWith(FxTest.class)
class DesktopIT {

    private static final String STREAM =
            """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{"role":"assistant","content":"東京は"},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{"content":"晴れです"},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
            "choices":[],"usage":{"prompt_tokens":21,"completion_tokens":2,"total_tokens":23}}

            data: [DONE]

            """;

    private record Seen(String authorization, String body) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer upstream = upstream();
    private final FxTasks tasks = new FxTasks();

    private HttpServer upstream() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            seen.add(
                    new Seen(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(STREAM.getBytes(UTF_8));
        }
    }

    @AfterEach
    void close() {
        tasks.close();
        upstream.stop(0);
    }

    @Test
    void fromNothingToAGuardedChat(@TempDir Path folder) {
        try (Gateway gateway = Gateway.start(Settings.onFreePorts(folder))) {
            Workbench workbench =
                    onFx(() ->
                            new Workbench(
                                    tasks,
                                    new RemoteEngine(gateway.adminUri()),
                                    InstantSource.system(),
                                    Locale.ENGLISH));
            Stage stage = onFx(() -> window(workbench));
            try {
                handsOn(new HandsOn(new Hands(stage)));
                onFx(() -> Pictures.take(stage.getScene(), "lab-refused"));
            } finally {
                runOnFx(() -> {
                    stage.hide();
                    workbench.close();
                });
            }
        }
    }

    private void handsOn(HandsOn user) {
        String address = "http://127.0.0.1:" + upstream.getAddress().getPort();
        user.createService("chat-service", "https://example.com");
        user.createRoute("chat-route", "/chat");
        user.addModel(
                "Bearer sk-the-real-key-of-the-gateway",
                "gpt-4o-mini",
                address + "/v1/chat/completions");
        user.addSystemPrompt("あなたは優秀なアシスタントです");
        user.addGuard(".*登山.*");

        user.openLab();
        user.ask("東京の天気は？");
        user.answerReads("東京は晴れです");

        assertThat(seen)
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.authorization())
                            .isEqualTo("Bearer sk-the-real-key-of-the-gateway");
                    assertThat(request.body())
                            .contains("あなたは優秀なアシスタントです", "東京の天気は？", "gpt-4o-mini");
                });

        user.ask("登山のおすすめは？");
        user.refusalReads("bad request");
        assertThat(seen).hasSize(1);
    }

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
}
