package dev.torii.desktop.ui;

import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.task.Tasks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the frame says: the engine's state in words and colour, the numbers of the status bar, and
/// the banner over the page when something is wrong with the engine.
public final class ShellViewModel {

    /// The dot before the engine's state; also the style class that colours it.
    public enum Signal {
        OK,
        ACC,
        WARN,
        OFF,
        ERR
    }

    /// What stands over the page.
    ///
    /// @param severe an error rather than a notice
    /// @param canStart offers to start an engine
    /// @param canRetry offers to connect at once
    public record Banner(
            String cause, String consequence, boolean severe, boolean canStart, boolean canRetry) {}

    /// Two seconds of silence go without a banner: a restart takes no longer.
    private static final int QUIET_ATTEMPTS = 2;

    private final EngineStatus engine;
    private final LivePulse pulse;
    private final Messages messages;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Signal> signal = new ReadOnlyObjectWrapper<>(Signal.ACC);
    private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper proxy = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper admin = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper requestRate = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper tokenRate = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper costToday = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper revision = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Banner>> banner =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    public ShellViewModel(
            EngineStatus engine,
            LivePulse pulse,
            Messages messages,
            InstantSource clock,
            Tasks tasks) {
        this.engine = engine;
        this.pulse = pulse;
        this.messages = messages;
        this.clock = clock;
        engine.state().subscribe(_ -> refresh());
        engine.revision().subscribe(_ -> refresh());
        messages.language().subscribe(_ -> refresh());
        pulse.now().subscribe(_ -> refreshRates());
        tasks.every(Duration.ofSeconds(1), () -> tasks.onUi(this::refresh));
    }

    private void refresh() {
        EngineState now = engine.state().get();
        signal.set(
                switch (now) {
                    case EngineState.Starting _ -> Signal.ACC;
                    case EngineState.Running _ -> Signal.OK;
                    case EngineState.Reconnecting _ -> Signal.WARN;
                    case EngineState.Stopped _ -> Signal.OFF;
                    case EngineState.Failed _ -> Signal.ERR;
                });
        state.set(
                messages.get(
                        switch (now) {
                            case EngineState.Starting _ -> "status.starting";
                            case EngineState.Running _ -> "status.running";
                            case EngineState.Reconnecting _ -> "status.reconnecting";
                            case EngineState.Stopped _ -> "status.stopped";
                            case EngineState.Failed _ -> "status.failed";
                        }));
        proxy.set(
                switch (now) {
                    case EngineState.Running running ->
                            messages.get("status.proxy", address(running.proxy()));
                    case EngineState.Reconnecting gone ->
                            messages.get("status.lastSeen", clock(gone.lastSeen()));
                    case EngineState.Starting starting -> starting.lastLine();
                    case EngineState.Stopped _, EngineState.Failed _ -> "";
                });
        admin.set(
                switch (now) {
                    case EngineState.Running running ->
                            messages.get(
                                    "status.admin",
                                    ":" + running.admin().getPort(),
                                    Formats.span(uptime(running), messages));
                    case EngineState.Reconnecting gone ->
                            messages.get("status.adminOnly", address(gone.admin()));
                    case EngineState.Starting _, EngineState.Stopped _, EngineState.Failed _ -> "";
                });
        long number = engine.revision().get();
        revision.set(number == 0 ? "" : messages.get("status.revision", Formats.count(number)));
        banner.set(bannerFor(now));
        refreshRates();
    }

    private void refreshRates() {
        LivePulse.Rates rates = pulse.now().get();
        boolean live = engine.running().get();
        requestRate.set(
                live
                        ? messages.get(
                                "status.requestRate", Formats.rate(rates.requestsPerSecond()))
                        : "");
        tokenRate.set(
                live
                        ? messages.get("status.tokenRate", Formats.rate(rates.tokensPerSecond()))
                        : "");
        costToday.set(
                rates.costToday()
                        .map(cost -> messages.get("status.costToday", Formats.sum(cost)))
                        .orElse(""));
    }

    private Optional<Banner> bannerFor(EngineState now) {
        return switch (now) {
            case EngineState.Starting _, EngineState.Running _ -> Optional.empty();
            case EngineState.Reconnecting gone ->
                    gone.attempt() <= QUIET_ATTEMPTS
                            ? Optional.empty()
                            : Optional.of(
                                    new Banner(
                                            messages.get(
                                                    "banner.lost",
                                                    address(gone.admin()),
                                                    clock(gone.lastSeen())),
                                            messages.get(
                                                    "banner.retry",
                                                    Math.max(1, secondsUntil(gone.nextTry())),
                                                    gone.attempt()),
                                            true,
                                            true,
                                            true));
            case EngineState.Stopped _ ->
                    Optional.of(
                            new Banner(
                                    messages.get("banner.stopped"),
                                    messages.get("banner.stoppedHint"),
                                    false,
                                    true,
                                    false));
            case EngineState.Failed failed ->
                    Optional.of(
                            new Banner(
                                    messages.get("banner.failed"),
                                    failed.reason(),
                                    true,
                                    true,
                                    false));
        };
    }

    private Duration uptime(EngineState.Running running) {
        return Duration.between(
                Instant.ofEpochMilli(running.identity().startedAt()), clock.instant());
    }

    private long secondsUntil(Instant time) {
        return Math.ceilDiv(Duration.between(clock.instant(), time).toMillis(), 1000L);
    }

    private static String clock(Instant time) {
        return Formats.clock(time, ZoneId.systemDefault());
    }

    private static String address(URI uri) {
        return uri.getAuthority();
    }

    public ReadOnlyObjectProperty<Signal> signal() {
        return signal.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty state() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty proxy() {
        return proxy.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty admin() {
        return admin.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty requestRate() {
        return requestRate.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty tokenRate() {
        return tokenRate.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty costToday() {
        return costToday.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty revision() {
        return revision.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Banner>> banner() {
        return banner.getReadOnlyProperty();
    }
}
