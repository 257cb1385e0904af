package io.creditrefresh.planner.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void waitsTwiceAsLongAfterEachFailureToAMinute() {
        assertThat(Stream.generate(backoff::failed).limit(8).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(backoff.isOver()).isFalse();
    }

    @Test
    void beginsAnewAfterASuccess() {
        backoff.failed();
        backoff.failed();

        assertThat(backoff.succeeded()).isTrue();
        assertThat(backoff.succeeded()).isFalse();
        assertThat(backoff.isOver()).isTrue();
        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
    }
}
