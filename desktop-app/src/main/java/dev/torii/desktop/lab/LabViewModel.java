package dev.torii.desktop.lab;

import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.PromptClient;
import dev.torii.desktop.client.PromptRequest;
import dev.torii.desktop.live.LiveUsage;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import java.math.BigDecimal;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A prompt being written, and where it goes.
public final class LabViewModel {

    private final AdminClient client;
    private final EngineStatus engine;
    private final Messages messages;
    private final Tasks tasks;

    private final ObservableList<RouteChoice> routes = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable RouteChoice> route = new SimpleObjectProperty<>();
    private final ObservableList<MessageDraft> drafts =
            FXCollections.observableArrayList(
                    draft -> new Observable[] {draft.role(), draft.text()});
    private final StringProperty model = new SimpleStringProperty("");
    private final StringProperty temperature = new SimpleStringProperty("");
    private final StringProperty maxTokens = new SimpleStringProperty("");
    private final StringProperty apiKey = new SimpleStringProperty("");

    private final AnswerViewModel answer;
    private final StringBinding blocked;
    private final BooleanBinding canSend;

    public LabViewModel(
            AdminClient client,
            PromptClient prompts,
            LiveUsage live,
            EngineStatus engine,
            Messages messages,
            Tasks tasks,
            InstantSource clock) {
        this.client = client;
        this.engine = engine;
        this.messages = messages;
        this.tasks = tasks;
        answer = new AnswerViewModel(prompts, live, messages, tasks, clock);
        drafts.add(new MessageDraft(MessageDraft.Role.SYSTEM, ""));
        drafts.add(new MessageDraft(MessageDraft.Role.USER, ""));
        blocked =
                Bindings.createStringBinding(
                        this::whyNot,
                        engine.state(),
                        route,
                        drafts,
                        temperature,
                        maxTokens,
                        messages.language());
        canSend =
                blocked.isEmpty().and(answer.state().isNotEqualTo(AnswerViewModel.State.STREAMING));
        engine.revision().subscribe((_, _) -> reload());
        engine.running().subscribe(_ -> reload());
    }

    /// Reads the routes anew, and keeps the one chosen where it is still there.
    public void reload() {
        if (!engine.running().get()) {
            return;
        }
        tasks.run(
                () ->
                        client.list(EntityKind.ROUTES).stream()
                                .map(RouteChoice::of)
                                .flatMap(Optional::stream)
                                .toList(),
                this::offer,
                _ -> {});
    }

    private void offer(List<RouteChoice> found) {
        RouteChoice before = route.get();
        routes.setAll(found);
        route.set(
                found.stream()
                        .filter(choice -> before != null && choice.id().equals(before.id()))
                        .findFirst()
                        .orElse(found.isEmpty() ? null : found.getFirst()));
    }

    /// Chooses a route by id or name, where there is such a one.
    public void choose(String key) {
        routes.stream()
                .filter(choice -> choice.id().equals(key) || choice.name().equals(key))
                .findFirst()
                .ifPresent(route::set);
    }

    /// Adds an empty message: the user's after an answer, else an answer.
    public void addMessage() {
        boolean afterUser =
                !drafts.isEmpty() && drafts.getLast().role().get() == MessageDraft.Role.USER;
        drafts.add(
                new MessageDraft(
                        afterUser ? MessageDraft.Role.ASSISTANT : MessageDraft.Role.USER, ""));
    }

    public void remove(MessageDraft draft) {
        drafts.remove(draft);
    }

    /// Takes a ready-made prompt for the first message of the user.
    public void start(String text) {
        drafts.stream()
                .filter(draft -> draft.role().get() == MessageDraft.Role.USER)
                .findFirst()
                .ifPresent(draft -> draft.text().set(text));
    }

    /// Sends the prompt; [#answer] tells how it goes.
    public void send() {
        URI proxy = engine.proxy().orElse(null);
        PromptRequest request = request().orElse(null);
        if (proxy == null || request == null || !canSend.get()) {
            return;
        }
        answer.ask(proxy, request);
    }

    /// Why the prompt cannot be sent now; empty when it can.
    private String whyNot() {
        if (!engine.running().get()) {
            return messages.get("lab.noEngine");
        }
        if (route.get() == null) {
            return messages.get("lab.noRoute");
        }
        if (!temperature.get().isBlank() && number(temperature.get()).isEmpty()) {
            return messages.get("lab.badTemperature", temperature.get());
        }
        if (!maxTokens.get().isBlank() && wholeNumber(maxTokens.get()).isEmpty()) {
            return messages.get("lab.badMaxTokens", maxTokens.get());
        }
        boolean written =
                drafts.stream()
                        .anyMatch(draft ->
                                draft.role().get() == MessageDraft.Role.USER
                                        && !draft.text().get().isBlank());
        return written ? "" : messages.get("lab.noText");
    }

    /// What would be sent; empty while no route is chosen.
    private Optional<PromptRequest> request() {
        RouteChoice target = route.get();
        if (target == null) {
            return Optional.empty();
        }
        return Optional.of(
                new PromptRequest(
                        target.path(),
                        model.get().isBlank() ? null : model.get().strip(),
                        apiKey.get().strip(),
                        drafts.stream()
                                .filter(draft -> !draft.text().get().isBlank())
                                .map(draft ->
                                        new PromptRequest.Message(
                                                draft.role().get().wire(), draft.text().get()))
                                .toList(),
                        number(temperature.get()).orElse(null),
                        wholeNumber(maxTokens.get()).orElse(null)));
    }

    /// The prompt as a shell line; empty while no route is chosen.
    public String curl() {
        return engine.proxy()
                .flatMap(proxy -> request().map(prompt -> CodeExport.curl(proxy, prompt)))
                .orElse("");
    }

    /// The prompt as a script; empty while no route is chosen.
    public String python() {
        return engine.proxy()
                .flatMap(proxy -> request().map(prompt -> CodeExport.python(proxy, prompt)))
                .orElse("");
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(text.strip()))
                            .filter(value -> value.signum() >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> wholeNumber(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(Integer.valueOf(text.strip())).filter(value -> value > 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public ObservableList<RouteChoice> routes() {
        return routes;
    }

    public ObjectProperty<@Nullable RouteChoice> route() {
        return route;
    }

    public ObservableList<MessageDraft> drafts() {
        return drafts;
    }

    public StringProperty model() {
        return model;
    }

    public StringProperty temperature() {
        return temperature;
    }

    public StringProperty maxTokens() {
        return maxTokens;
    }

    public StringProperty apiKey() {
        return apiKey;
    }

    public AnswerViewModel answer() {
        return answer;
    }

    /// Why the prompt cannot be sent; empty when it can.
    public StringBinding blocked() {
        return blocked;
    }

    public BooleanBinding canSend() {
        return canSend;
    }
}
