package dev.torii.desktop.lab;

import dev.torii.desktop.client.PromptClient;
import dev.torii.desktop.client.PromptListener;
import dev.torii.desktop.client.PromptOutcome;
import dev.torii.desktop.client.PromptRequest;
import dev.torii.desktop.live.LiveUsage;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.task.Tasks.Cancellation;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.api.RequestSummary;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// One answer: its text as it comes, how far it is, how fast it was and what it cost.
public final class AnswerViewModel {

    /// Where the answer is.
    public enum State {
        IDLE,
        STREAMING,
        DONE,
        STOPPED,
        REFUSED,
        BROKEN
    }

    private static final Duration TICK = Duration.ofMillis(100);

    private final PromptClient prompts;
    private final Messages messages;
    private final Tasks tasks;
    private final InstantSource clock;

    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.IDLE);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper model = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper stateText = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper firstToken = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper speed = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper tokens = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper(Formats.NONE);

    private @Nullable Run run;
    private @Nullable PromptOutcome outcome;

    AnswerViewModel(
            PromptClient prompts,
            LiveUsage live,
            Messages messages,
            Tasks tasks,
            InstantSource clock) {
        this.prompts = prompts;
        this.messages = messages;
        this.tasks = tasks;
        this.clock = clock;
        messages.language().subscribe(_ -> tellState());
        live.listen(this::recorded);
    }

    /// What one sending has brought so far. Written by the thread that reads, read by the tick.
    private final class Run implements PromptListener {

        private final Instant sentAt = clock.instant();
        private final StringBuilder received = new StringBuilder();
        private String requestId = "";
        private String modelName = "";
        private int pieces;
        private @Nullable Instant firstAt;
        private @Nullable Instant lastAt;
        private @Nullable Cancellation work;
        private @Nullable Cancellation ticking;

        @Override
        public synchronized void accepted(String id) {
            requestId = id;
        }

        @Override
        public synchronized void text(String piece) {
            Instant now = clock.instant();
            firstAt = firstAt == null ? now : firstAt;
            lastAt = now;
            received.append(piece);
            pieces++;
        }

        @Override
        public synchronized void model(String name) {
            modelName = name;
        }

        synchronized void show() {
            text.set(received.toString());
            model.set(modelName);
            if (firstAt != null) {
                firstToken.set(Formats.latency(Duration.between(sentAt, firstAt).toMillis()));
                showTokens(null, pieces, true);
            }
            tellState();
        }

        synchronized void showTokens(@Nullable Long in, long out, boolean estimated) {
            String mark = estimated ? "≈ " : "";
            tokens.set(
                    in == null
                            ? mark + Formats.count(out)
                            : mark + Formats.count(in) + " → " + Formats.count(out));
            if (firstAt != null && lastAt != null) {
                long millis = Duration.between(firstAt, lastAt).toMillis();
                speed.set(
                        millis <= 0
                                ? Formats.NONE
                                : mark + Formats.rate(out * 1000.0 / millis) + " tok/s");
            }
        }

        synchronized Duration elapsed() {
            Instant end =
                    state.get() == State.STREAMING || lastAt == null ? clock.instant() : lastAt;
            return Duration.between(sentAt, end);
        }

        void cancel() {
            if (work != null) {
                work.cancel();
            }
        }

        void end() {
            if (ticking != null) {
                ticking.cancel();
            }
        }
    }

    /// Sends a prompt; its answer takes the place of the last one.
    void ask(URI proxy, PromptRequest request) {
        var now = new Run();
        run = now;
        text.set("");
        model.set("");
        outcome = null;
        for (ReadOnlyStringWrapper number : List.of(firstToken, speed, tokens, cost)) {
            number.set(Formats.NONE);
        }
        state.set(State.STREAMING);
        tellState();
        now.ticking = tasks.every(TICK, () -> tasks.onUi(() -> showIfStreaming(now)));
        now.work =
                tasks.run(
                        () -> prompts.send(proxy, request, now),
                        ended -> finish(now, ended),
                        _ -> finish(now, new PromptOutcome.Broken(false)));
    }

    private void showIfStreaming(Run shown) {
        if (shown.equals(run) && state.get() == State.STREAMING) {
            shown.show();
        }
    }

    /// Hangs up; what has come stays.
    public void stop() {
        Run now = run;
        if (now != null && state.get() == State.STREAMING) {
            now.cancel();
            now.end();
            now.show();
            state.set(State.STOPPED);
            tellState();
        }
    }

    private void finish(Run ended, PromptOutcome how) {
        ended.end();
        if (!ended.equals(run)) {
            return;
        }
        outcome = how;
        ended.show();
        switch (how) {
            case PromptOutcome.Finished finished -> {
                state.set(State.DONE);
                if (finished.completionTokens() != null) {
                    ended.showTokens(finished.promptTokens(), finished.completionTokens(), false);
                }
            }
            case PromptOutcome.Refused _ -> state.set(State.REFUSED);
            case PromptOutcome.Broken _ -> state.set(State.BROKEN);
        }
        tellState();
    }

    private String sentence(PromptOutcome.Refused refused) {
        String key =
                switch (refused.status()) {
                    case 400 -> "lab.refusedBad";
                    case 401 -> "lab.refusedKey";
                    case 404 -> "lab.refusedRoute";
                    case 413 -> "lab.refusedSize";
                    case 429 -> "lab.refusedLimit";
                    case 502, 503, 504 -> "lab.refusedUpstream";
                    default -> "lab.refusedOther";
                };
        return messages.get(key, String.valueOf(refused.status()), refused.message());
    }

    /// The ledger's own numbers replace what was counted here.
    private void recorded(RequestSummary request) {
        Run now = run;
        if (now == null || now.requestId.isEmpty() || !now.requestId.equals(request.id())) {
            return;
        }
        if (request.ttftMs() != null) {
            firstToken.set(Formats.latency(request.ttftMs()));
        }
        if (request.completionTokens() != null) {
            now.showTokens(request.promptTokens(), request.completionTokens(), request.estimated());
        }
        cost.set(
                request.costUsd() == null
                        ? messages.get("lab.priceUnknown")
                        : Formats.cost(request.costUsd()));
    }

    private void tellState() {
        String word =
                messages.get(
                        switch (state.get()) {
                            case IDLE -> "lab.idle";
                            case STREAMING -> "lab.streaming";
                            case DONE -> "lab.done";
                            case STOPPED -> "lab.stopped";
                            case REFUSED -> "lab.refused";
                            case BROKEN -> "lab.broken";
                        });
        problem.set(
                switch (outcome) {
                    case PromptOutcome.Refused refused -> sentence(refused);
                    case PromptOutcome.Broken broken ->
                            messages.get(broken.begun() ? "lab.brokenMidway" : "lab.brokenAtStart");
                    case PromptOutcome.Finished _ -> "";
                    case null -> "";
                });
        Run now = run;
        stateText.set(
                now == null || state.get() == State.IDLE
                        ? word
                        : word + " · " + Formats.latency(now.elapsed().toMillis()));
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }

    /// The model that answers; empty until it named itself.
    public ReadOnlyStringProperty model() {
        return model.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty stateText() {
        return stateText.getReadOnlyProperty();
    }

    /// What went wrong, as a sentence; empty when nothing did.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty firstToken() {
        return firstToken.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty speed() {
        return speed.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty tokens() {
        return tokens.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty cost() {
        return cost.getReadOnlyProperty();
    }
}
