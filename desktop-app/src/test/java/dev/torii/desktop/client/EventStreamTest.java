package dev.torii.desktop.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestSummary;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final EngineEvents NOBODY =
            new EngineEvents() {
                @Override
                public void onUsage(RequestSummary request) {}

                @Override
                public void onConfig(ConfigEvent change) {}

                @Override
                public void onGap(GapEvent gap) {}
            };

    private final FakeEngine engine = new FakeEngine();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        engine.close();
    }

    @Test
    void givesUpAnEngineThatHangs() {
        var stream = new EventStream(http, NOBODY, Duration.ofMillis(400));

        assertThatThrownBy(() -> stream.read(engine.adminUri(), engine::hang))
                .isInstanceOf(IOException.class);
    }
}
