package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.api.ConfigEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventHubTest {

    private final EventHub hub = new EventHub(3);

    private static ConfigEvent change(long revision) {
        return new ConfigEvent(revision, "routes", "r1", "update");
    }

    private static EventHub.Event event(long revision) {
        return new EventHub.Event(
                "config",
                "{\"revision\":"
                        + revision
                        + ",\"kind\":\"routes\",\"id\":\"r1\",\"op\":\"update\"}");
    }

    @Test
    void everySubscriberSeesEveryEventSinceItCame() throws InterruptedException {
        try (var early = hub.subscribe()) {
            hub.config(change(1));
            try (var late = hub.subscribe()) {
                hub.config(change(2));

                assertThat(early.next(Duration.ZERO)).isEqualTo(event(1));
                assertThat(early.next(Duration.ZERO)).isEqualTo(event(2));
                assertThat(late.next(Duration.ZERO)).isEqualTo(event(2));
                assertThat(late.next(Duration.ZERO)).isNull();
            }
        }
        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void aSlowSubscriberLosesTheOldestAndIsTold() throws InterruptedException {
        try (var subscription = hub.subscribe()) {
            for (int revision = 1; revision <= 5; revision++) {
                hub.config(change(revision));
            }

            assertThat(subscription.next(Duration.ZERO))
                    .isEqualTo(new EventHub.Event("gap", "{\"missed\":2}"));
            assertThat(subscription.next(Duration.ZERO)).isEqualTo(event(3));
            assertThat(subscription.next(Duration.ZERO)).isEqualTo(event(4));
            assertThat(subscription.next(Duration.ZERO)).isEqualTo(event(5));
            assertThat(subscription.next(Duration.ZERO)).isNull();
        }
    }

    @Test
    void closingWakesWhoWaits() throws InterruptedException {
        try (var subscription = hub.subscribe()) {
            Thread.ofVirtual().start(hub::close);

            assertThat(subscription.next(Duration.ofMinutes(1))).isNull();
            assertThat(subscription.ended()).isTrue();
        }
        assertThat(hub.subscribe().ended()).isTrue();
    }
}
