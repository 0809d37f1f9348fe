package dev.torii.desktop.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.client.FakeChat;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.client.PromptClient;
import dev.torii.desktop.lab.AnswerViewModel.State;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.live.LiveUsage;
import dev.torii.desktop.task.DirectTasks;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabViewModelTest {

    private final FakeEngine engine = new FakeEngine();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AdminClient client = new AdminClient(http, engine::adminUri);
    private final DirectTasks tasks = new DirectTasks();
    private final EngineStatus status = new EngineStatus();
    private final Messages messages = new Messages(Locale.ENGLISH);
    private final LiveUsage live =
            new LiveUsage(tasks, InstantSource.system(), new LivePulse(), status::configChanged);
    private final LabViewModel lab =
            new LabViewModel(
                    client,
                    new PromptClient(http),
                    live,
                    status,
                    messages,
                    tasks,
                    InstantSource.system());

    @BeforeEach
    void run() throws AdminProblem {
        var route = Json.object().put("name", "chat-route");
        route.putArray("paths").add("/chat");
        engine.add(EntityKind.ROUTES, route);
        engine.add(EntityKind.ROUTES, Json.object().put("name", "only-hosts"));
        status.update(
                new EngineState.Running(engine.adminUri(), engine.proxyUri(), client.identity()));
    }

    @AfterEach
    void close() {
        http.close();
        engine.close();
    }

    @Test
    void offersTheRoutesThatAPathLeadsTo() {
        assertThat(lab.routes()).extracting(RouteChoice::name).containsExactly("chat-route");
        assertThat(lab.route().get()).isEqualTo(lab.routes().getFirst());
    }

    @Test
    void sendsWhatIsWrittenAndShowsTheAnswer() {
        var chat = FakeChat.saying("Hello", " there");
        engine.chat(chat);
        write("You are kind.", "Say hello");
        lab.temperature().set("0.2");
        lab.maxTokens().set("64");

        lab.send();

        assertThat(lab.answer().state().get()).isEqualTo(State.DONE);
        assertThat(lab.answer().text().get()).isEqualTo("Hello there");
        assertThat(lab.answer().model().get()).isEqualTo("gpt-4o-mini");
        assertThat(lab.answer().tokens().get()).isEqualTo("118 → 2");
        assertThat(Json.text(body(chat)))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"You are kind.\"},"
                                + "{\"role\":\"user\",\"content\":\"Say hello\"}],"
                                + "\"temperature\":0.2,\"max_tokens\":64,\"stream\":true,"
                                + "\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void asksForAModelWhereOneIsNamed() {
        var chat = FakeChat.saying("ok");
        engine.chat(chat);
        write("", "Say hello");
        lab.model().set(" anthropic/claude-sonnet-4-5 ");

        lab.send();

        assertThat(body(chat).path("model").asText()).isEqualTo("anthropic/claude-sonnet-4-5");
        assertThat(lab.curl()).contains("\"model\":\"anthropic/claude-sonnet-4-5\"");
        assertThat(lab.python()).contains("model=\"anthropic/claude-sonnet-4-5\"");
    }

    @Test
    void leavesEmptyMessagesAndUnsetParametersOut() {
        var chat = FakeChat.saying("ok");
        engine.chat(chat);
        write("", "Say hello");

        lab.send();

        assertThat(body(chat).path("messages")).hasSize(1);
        assertThat(body(chat).has("temperature")).isFalse();
        assertThat(body(chat).has("model")).isFalse();
    }

    @Test
    void saysInWordsThatAGuardRefused() {
        engine.chat(FakeChat.refusing(400, "bad request"));
        write("", "登山について");

        lab.send();

        assertThat(lab.answer().state().get()).isEqualTo(State.REFUSED);
        assertThat(lab.answer().problem().get()).startsWith("Refused (400): bad request.");

        messages.speak(Locale.JAPANESE);
        assertThat(lab.answer().problem().get()).startsWith("拒否されました（400）");
    }

    @Test
    void saysThatTheProxyPortDoesNotAnswer() {
        write("", "Hello");
        engine.close();

        lab.send();

        assertThat(lab.answer().state().get()).isEqualTo(State.BROKEN);
        assertThat(lab.answer().problem().get()).contains("did not answer");
    }

    @Test
    void takesTheNumbersOfTheLedgerWhenTheyAreKnown() {
        write("", "Hello");
        lab.send();

        live.onUsage(recorded());
        tasks.tick();

        assertThat(lab.answer().cost().get()).isEqualTo("$0.000024");
        assertThat(lab.answer().firstToken().get()).isEqualTo("312 ms");
    }

    @Test
    void tellsWhyItCannotSend() {
        assertThat(lab.blocked().get()).isEqualTo("Write a message of the user to send.");
        write("", "Hello");
        assertThat(lab.canSend().get()).isTrue();

        lab.temperature().set("warm");
        assertThat(lab.blocked().get()).isEqualTo("Temperature: warm (expected: a number from 0)");
        lab.temperature().set("");
        status.update(new EngineState.Stopped());
        assertThat(lab.canSend().get()).isFalse();
    }

    @Test
    void exportsAShellLineThatKeepsQuotesWhole() {
        write("", "It's \"fine\"");

        assertThat(lab.curl())
                .startsWith("curl -N " + engine.proxyUri() + "/chat")
                .contains("It'\\''s \\\"fine\\\"");
    }

    @Test
    void neverExportsTheApiKey() {
        write("", "Hello");
        lab.apiKey().set("very-secret");

        assertThat(lab.curl()).contains("$TORII_KEY").doesNotContain("very-secret");
        assertThat(lab.python()).contains("TORII_KEY").doesNotContain("very-secret");
    }

    @Test
    void addsAnAnswerAfterAQuestionAndAQuestionAfterAnAnswer() {
        lab.addMessage();
        lab.addMessage();

        assertThat(lab.drafts())
                .extracting(draft -> draft.role().get())
                .containsExactly(
                        MessageDraft.Role.SYSTEM,
                        MessageDraft.Role.USER,
                        MessageDraft.Role.ASSISTANT,
                        MessageDraft.Role.USER);
    }

    private static ObjectNode body(FakeChat chat) {
        return Objects.requireNonNull(chat.received());
    }

    private void write(String system, String user) {
        lab.drafts().getFirst().text().set(system);
        lab.drafts().get(1).text().set(user);
    }

    private static RequestSummary recorded() {
        return new RequestSummary(
                FakeChat.REQUEST_ID,
                System.currentTimeMillis(),
                "POST",
                "/chat",
                "chat-route",
                "chat-service",
                null,
                "openai",
                "gpt-4o-mini",
                "gpt-4o-mini",
                200,
                200,
                true,
                900,
                1,
                312L,
                10,
                10,
                118L,
                61L,
                0L,
                0L,
                0L,
                false,
                new BigDecimal("0.000024"),
                null,
                List.of());
    }
}
