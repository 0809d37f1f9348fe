package dev.torii.engine.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.balancer.Health.Count;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final Health health = new Health();

    @Test
    void fallsAtTheLimitAndTellsOnce() {
        assertThat(health.count(Count.HTTP_FAILURE, 3)).isFalse();
        assertThat(health.count(Count.HTTP_FAILURE, 3)).isFalse();
        assertThat(health.healthy()).isTrue();
        assertThat(health.count(Count.HTTP_FAILURE, 3)).isTrue();
        assertThat(health.healthy()).isFalse();
        assertThat(health.count(Count.HTTP_FAILURE, 3)).isFalse();
    }

    @Test
    void countsEachKindOfFailureForItself() {
        health.count(Count.HTTP_FAILURE, 2);
        health.count(Count.TCP_FAILURE, 2);

        assertThat(health.count(Count.TIMEOUT, 2)).isFalse();
        assertThat(health.count(Count.TCP_FAILURE, 2)).isTrue();
    }

    @Test
    void forgetsFailuresAtASuccessThatCounts() {
        health.count(Count.HTTP_FAILURE, 2);
        health.count(Count.SUCCESS, 1);

        assertThat(health.count(Count.HTTP_FAILURE, 2)).isFalse();
        assertThat(health.healthy()).isTrue();
    }

    @Test
    void keepsFailuresWhereSuccessesAreOff() {
        health.count(Count.HTTP_FAILURE, 2);
        health.count(Count.SUCCESS, 0);

        assertThat(health.count(Count.HTTP_FAILURE, 2)).isTrue();
    }

    @Test
    void risesAfterSuccessesInARow() {
        health.set(false);
        health.count(Count.SUCCESS, 2);
        health.count(Count.TCP_FAILURE, 1);

        assertThat(health.count(Count.SUCCESS, 2)).isFalse();
        assertThat(health.count(Count.SUCCESS, 2)).isTrue();
        assertThat(health.healthy()).isTrue();
    }

    @Test
    void countsNothingThatIsOff() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(health.count(Count.TIMEOUT, 0)).isFalse();
        }
        assertThat(health.healthy()).isTrue();
    }

    @Test
    void reachesTheLargestLimit() {
        for (int i = 1; i < 255; i++) {
            assertThat(health.count(Count.HTTP_FAILURE, 255)).isFalse();
        }
        assertThat(health.count(Count.HTTP_FAILURE, 255)).isTrue();
    }

    @Test
    void tellsOneOfManyThreadsOfTheChange() throws Exception {
        var told = new AtomicInteger();
        var done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            var _ =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int j = 0; j < 25; j++) {
                                    if (health.count(Count.TCP_FAILURE, 200)) {
                                        told.incrementAndGet();
                                    }
                                }
                                done.countDown();
                            });
        }
        done.await();

        assertThat(told).hasValue(1);
        assertThat(health.healthy()).isFalse();
    }
}
