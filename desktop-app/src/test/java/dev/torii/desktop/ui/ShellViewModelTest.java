package dev.torii.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.desktop.client.EngineState;
import dev.torii.desktop.live.LivePulse;
import dev.torii.desktop.task.DirectTasks;
import dev.torii.model.api.EngineIdentity;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ShellViewModelTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final URI ADMIN = URI.create("http://127.0.0.1:8001");

    private final EngineStatus engine = new EngineStatus();
    private final Messages messages = new Messages(Locale.ENGLISH);
    private final ShellViewModel shell =
            new ShellViewModel(
                    engine, new LivePulse(), messages, InstantSource.fixed(NOW), new DirectTasks());

    @Test
    void saysWhereARunningEngineListensAndForHowLong() {
        engine.update(running());

        assertThat(shell.state().get()).isEqualTo("Engine running");
        assertThat(shell.proxy().get()).isEqualTo("proxy 127.0.0.1:8000");
        assertThat(shell.admin().get()).isEqualTo("admin :8001 · up 3 h 12 min");
        assertThat(shell.revision().get()).isEqualTo("revision 128");
        assertThat(shell.banner().get()).isEmpty();
    }

    @Test
    void staysQuietForAMomentThenOffersTheWayOut() {
        engine.update(running());
        engine.update(new EngineState.Reconnecting(ADMIN, NOW, 1, NOW.plusSeconds(1)));
        assertThat(shell.signal().get()).isEqualTo(ShellViewModel.Signal.WARN);
        assertThat(shell.banner().get()).isEmpty();

        engine.update(new EngineState.Reconnecting(ADMIN, NOW, 3, NOW.plusSeconds(2)));

        assertThat(shell.banner().get())
                .hasValueSatisfying(banner -> {
                    assertThat(banner.canRetry()).isTrue();
                    assertThat(banner.consequence())
                            .isEqualTo(
                                    "Retrying in 2 s (attempt 3). Edits stay here until it"
                                            + " is back.");
                });
    }

    @Test
    void repeatsTheEnginesOwnSentenceWhenItDidNotStart() {
        engine.update(new EngineState.Failed("Port 8000 is used by node (pid 4121)."));

        assertThat(shell.banner().get())
                .hasValueSatisfying(banner ->
                        assertThat(banner.consequence())
                                .isEqualTo("Port 8000 is used by node (pid 4121)."));
    }

    @Test
    void aNewRevisionIsShownWithoutAskingAgain() {
        engine.update(running());

        engine.configChanged(129);

        assertThat(shell.revision().get()).isEqualTo("revision 129");
    }

    @Test
    void followsTheLanguage() {
        engine.update(new EngineState.Stopped());

        messages.speak(Locale.JAPANESE);

        assertThat(shell.state().get()).isEqualTo("エンジン停止中");
    }

    private static EngineState running() {
        return new EngineState.Running(
                ADMIN,
                URI.create("http://127.0.0.1:8000"),
                new EngineIdentity(
                        "torii",
                        "0.1.0",
                        1,
                        128,
                        NOW.minusSeconds(192 * 60).toEpochMilli(),
                        0,
                        new EngineIdentity.Store("sqlite", "", ""),
                        new EngineIdentity.Ports(8000, null, 8001, 8100),
                        new EngineIdentity.Recording(0, null),
                        List.of()));
    }
}
