package dev.torii.desktop.entity;

import static dev.torii.desktop.entity.SampleEngine.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.desktop.entity.FormPageModel.Trouble;
import dev.torii.desktop.form.Debounce;
import dev.torii.desktop.form.FieldPath;
import dev.torii.desktop.form.FormModel;
import dev.torii.desktop.form.Problem;
import dev.torii.desktop.task.DirectTasks;
import dev.torii.desktop.ui.DialogService;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The models behind the entity screens, over a fake engine and without a window.
class EntityModelsTest {

    private final FakeEngine engine = SampleEngine.full();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AdminClient client = new AdminClient(http, engine::adminUri);
    private final DirectTasks tasks = new DirectTasks();
    private final Messages messages = new Messages(Locale.ENGLISH);
    private final EngineStatus status = new EngineStatus();
    private final InventoryModel inventory =
            new InventoryModel(client, tasks, status, InstantSource.system());
    private final List<Supplier<DialogService.Question>> questions = new ArrayList<>();
    private final List<DialogService.Toast> toasts = new ArrayList<>();
    private final Verbs verbs =
            new Verbs(
                    client,
                    tasks,
                    new DialogService() {
                        @Override
                        public void confirm(Supplier<Question> question) {
                            questions.add(question);
                        }

                        @Override
                        public void toast(Toast toast) {
                            toasts.add(toast);
                        }
                    },
                    messages,
                    inventory);

    @BeforeEach
    void connect() throws AdminProblem {
        status.update(
                new EngineState.Running(engine.adminUri(), engine.proxyUri(), client.identity()));
    }

    @AfterEach
    void close() {
        http.close();
        engine.close();
    }

    private ObjectNode entity(EntityKind kind, String name) {
        return engine.all(kind).stream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private FormPageModel editing(ObjectNode service) {
        var page =
                new FormPageModel(
                        EntityKind.SERVICES,
                        Entities.id(service),
                        client,
                        tasks,
                        inventory,
                        Debounce.NONE);
        page.read(Json.object(), null);
        return page;
    }

    private static FormModel form(FormPageModel page) {
        return Objects.requireNonNull(page.form().get());
    }

    private static Trouble.Sort trouble(FormPageModel page) {
        return page.trouble().get().orElseThrow().sort();
    }

    @Test
    void readsWhatTheEngineHasOnceItRuns() {
        assertThat(inventory.loaded().get()).isTrue();
        assertThat(inventory.now().services()).hasSize(9);
        assertThat(Entities.upstream(inventory.now(), entity(EntityKind.SERVICES, "chat-service")))
                .isEqualTo("openai · gpt-4o-mini");
    }

    @Test
    void aServiceWhoseOnlyRouteServesManyModelsNamesTheirProviders() {
        assertThat(Entities.upstream(inventory.now(), entity(EntityKind.SERVICES, "all-in-one")))
                .isEqualTo("anthropic, gemini, ollama");
    }

    @Test
    void theFilterLooksAtNameUrlAndModelAndWantsEveryWord() {
        var list = new ListModel(EntityKind.SERVICES, inventory);

        list.filter().set("openai GPT");
        assertThat(list.rows())
                .extracting(row -> row.path("name").asText())
                .containsExactly("chat-service");

        list.filter().set("intra.example");
        assertThat(list.rows())
                .extracting(row -> row.path("name").asText())
                .containsExactly("legacy-api");
    }

    @Test
    void theChainRunsByPriorityAndKnowsWhatHidesWhat() {
        ObjectNode service = entity(EntityKind.SERVICES, "chat-service");
        ObjectNode route = entity(EntityKind.ROUTES, "chat-route");
        ObjectNode global = object("{\"name\":\"ai-proxy\",\"enabled\":true,\"config\":{}}");
        engine.add(EntityKind.PLUGINS, global);
        inventory.reload();

        Chain chain = Chain.of(inventory.now(), route, service);

        assertThat(chain.before())
                .extracting(Chain.Link::name)
                .containsExactly(
                        "key-auth",
                        "ai-prompt-decorator",
                        "ai-prompt-guard",
                        "ai-proxy",
                        "ai-proxy");
        assertThat(chain.before())
                .filteredOn(Chain.Link::hidden)
                .singleElement()
                .satisfies(link -> assertThat(link.scope().serviceId()).isNull());
        assertThat(chain.after())
                .extracting(Chain.Link::name)
                .containsExactly("prometheus", "file-log");
    }

    @Test
    void sendsOnlyTheChangeAndIsCleanAfterwards() {
        ObjectNode service = entity(EntityKind.SERVICES, "chat-service");
        FormPageModel page = editing(service);
        form(page).set(FieldPath.of("url"), TextNode.valueOf("http://other.example/v1"));

        page.save(_ -> {}, () -> {});

        ObjectNode stored = entity(EntityKind.SERVICES, "chat-service");
        assertThat(stored.path("host").asText()).isEqualTo("other.example");
        assertThat(stored.path("port").asInt()).isEqualTo(80);
        assertThat(stored.path("tags")).hasSize(2);
        assertThat(stored.has("url")).isFalse();
        assertThat(page.dirty()).isFalse();
    }

    @Test
    void whatTheEngineRefusesLandsOnItsField() {
        FormPageModel page = editing(entity(EntityKind.SERVICES, "chat-service"));
        engine.refuseNextWrite(
                400,
                object(
                        """
                        {"code":2,"name":"schema violation","message":"schema violation (retries: too eager)",
                         "fields":{"retries":"too eager"}}
                        """));
        form(page).set(FieldPath.of("retries"), IntNode.valueOf(7));

        page.save(_ -> {}, () -> {});

        assertThat(form(page).marks().problem(FieldPath.of("retries")))
                .isEqualTo(
                        new Problem(FieldPath.of("retries"), "too eager", Problem.Source.ENGINE));
        assertThat(trouble(page)).isEqualTo(Trouble.Sort.NOT_SAVED);
        assertThat(page.dirty()).isTrue();
    }

    @Test
    void aNameThatIsTakenIsToldAsSuch() {
        FormPageModel page = editing(entity(EntityKind.SERVICES, "chat-service"));
        engine.refuseNextWrite(
                409,
                object(
                        """
                        {"code":5,"name":"unique constraint violation",
                         "message":"UNIQUE violation detected on '{name=\\"legacy-api\\"}'",
                         "fields":{"name":"legacy-api"}}
                        """));
        form(page).set(FieldPath.of("name"), TextNode.valueOf("legacy-api"));

        page.save(_ -> {}, () -> {});

        assertThat(form(page).marks().problem(FieldPath.of("name")))
                .isEqualTo(new Problem(FieldPath.of("name"), "legacy-api", Problem.Source.TAKEN));
    }

    @Test
    void aChangeByOthersIsTakenOverWhileNothingIsEdited() throws AdminProblem {
        ObjectNode service = entity(EntityKind.SERVICES, "chat-service");
        FormPageModel page = editing(service);

        client.update(EntityKind.SERVICES, Entities.id(service), object("{\"retries\":9}"));
        inventory.reload();

        assertThat(form(page).get(FieldPath.of("retries")).asInt()).isEqualTo(9);
        assertThat(page.trouble().get()).isEmpty();
    }

    @Test
    void aChangeByOthersDuringAnEditIsAConflictToDecide() throws AdminProblem {
        ObjectNode service = entity(EntityKind.SERVICES, "chat-service");
        FormPageModel page = editing(service);
        form(page).set(FieldPath.of("retries"), IntNode.valueOf(7));
        client.update(
                EntityKind.SERVICES,
                Entities.id(service),
                object("{\"retries\":9,\"read_timeout\":1000}"));
        inventory.reload();
        assertThat(trouble(page)).isEqualTo(Trouble.Sort.CHANGED_ELSEWHERE);

        page.takeTheirs();

        assertThat(form(page).get(FieldPath.of("retries")).asInt()).isEqualTo(9);
        assertThat(page.dirty()).isFalse();
        assertThat(page.trouble().get()).isEmpty();
    }

    @Test
    void deletingTellsWhatGoesWithItAndCanBeTakenBack() {
        verbs.delete(EntityKind.SERVICES, entity(EntityKind.SERVICES, "chat-service"), () -> {});
        DialogService.Question question = questions.getFirst().get();
        assertThat(question.title()).isEqualTo("Delete service chat-service?");
        assertThat(question.consequences().getFirst().lines())
                .extracting(line -> line.what())
                .containsExactly("2 routes", "4 plugins");

        question.onAct().run();
        assertThat(inventory.now().services()).hasSize(8);

        Objects.requireNonNull(toasts.getFirst().undo()).action().run();
        assertThat(inventory.now().services()).hasSize(9);
        assertThat(inventory.now().routesOf(entity(EntityKind.SERVICES, "chat-service")))
                .hasSize(2);
    }
}
