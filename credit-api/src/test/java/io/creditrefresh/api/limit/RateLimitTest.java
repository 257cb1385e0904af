package io.creditrefresh.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final SettableMeter time = new SettableMeter();

    @Test
    void letsABurstPassAndThenSoManyAMinute() {
        RateLimit limit = new RateLimit(60, 3, time, 10);

        assertThat(taken(limit, "bob", 3)).isEqualTo(3);
        assertThat(limit.take("bob")).isEqualTo(Duration.ofSeconds(1));
        time.pass(Duration.ofMillis(999));
        assertThat(limit.take("bob")).isEqualTo(Duration.ofMillis(1));
        time.pass(Duration.ofMillis(1));
        assertThat(taken(limit, "bob", 2)).isEqualTo(1);
        time.pass(Duration.ofHours(1));
        assertThat(taken(limit, "bob", 9)).isEqualTo(3);
    }

    @Test
    void countsEachSubjectForItself() {
        RateLimit limit = new RateLimit(60, 1, time, 10);
        limit.take("bob");

        assertThat(limit.take("carol")).isZero();
        assertThat(limit.take("bob")).isPositive();
    }

    @Test
    void remembersNoMoreSubjectsThanItMay() {
        RateLimit limit = new RateLimit(60, 1, time, 100);

        for (int i = 0; i < 10_000; i++) {
            limit.take("user-" + i);
        }

        assertThat(limit.subjects()).isLessThanOrEqualTo(100);
    }

    @Test
    void forgetsWhoeverHasAllOfItAgain() {
        RateLimit limit = new RateLimit(60, 30, time, 100);
        limit.take("bob");

        time.pass(Duration.ofSeconds(30));
        assertThat(limit.subjects()).isEqualTo(1);
        time.pass(Duration.ofSeconds(2));

        assertThat(limit.subjects()).isZero();
    }

    private static long taken(RateLimit limit, String subject, int requests) {
        long taken = 0;
        for (int i = 0; i < requests; i++) {
            taken += limit.take(subject).isZero() ? 1 : 0;
        }
        return taken;
    }
}
