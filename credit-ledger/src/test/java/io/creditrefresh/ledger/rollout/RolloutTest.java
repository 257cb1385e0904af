package io.creditrefresh.ledger.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {

    private static final Instant OPENED = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant BEFORE = OPENED.minusSeconds(1);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // variable, global, percentage, override, in
                "-,     -,     0,   -,     false",
                "-,     -,     100, -,     true",
                "-,     true,  0,   -,     true",
                "-,     true,  0,   false, false",
                "-,     false, 0,   true,  true",
                "true,  -,     0,   -,     true",
                "true,  false, 0,   -,     false",
                "true,  true,  100, false, false",
                "false, true,  100, true,  false",
            })
    void goesByTheVariableThenTheOverrideThenTheSwitchThenTheBucket(
            @Nullable Boolean variable,
            @Nullable Boolean global,
            int percentage,
            @Nullable Boolean override,
            boolean in) {
        Rollout rollout = new Rollout(1, variable, global, percentage, null, OPENED, null, Map.of());

        assertThat(rollout.viewOf("account-1", override, BEFORE)).isEqualTo(in ? View.V2 : View.V1);
    }

    @Test
    void letsNewUsersInFirst() {
        Rollout rollout = new Rollout(1, null, null, 0, OPENED, OPENED, null, Map.of());

        assertThat(rollout.viewOf("account-1", null, BEFORE)).isEqualTo(View.V1);
        assertThat(rollout.viewOf("account-1", null, OPENED)).isEqualTo(View.V2);
    }

    @Test
    void hasEverybodyInOneViewBeforeItBeginsAndAfterItIsClosed() {
        Rollout before = new Rollout(1, null, null, 0, null, null, null, Map.of());
        Rollout closed = new Rollout(1, null, true, 0, null, OPENED, OPENED, Map.of());

        assertThat(before.viewOf("account-1", true, BEFORE)).isEqualTo(View.V1);
        assertThat(closed.viewOf("account-1", false, BEFORE)).isEqualTo(View.V2);
        assertThat(closed.startedWith(false).viewOf("account-1", true, BEFORE)).isEqualTo(View.V1);
    }

    @Test
    void takesAFairShareOfAllUsers() {
        int[] buckets =
                IntStream.range(0, 100_000).map(i -> Bucket.of("user-" + i)).toArray();

        assertThat(share(buckets, 10)).isBetween(9.7, 10.3);
        assertThat(share(buckets, 50)).isBetween(49.4, 50.6);
        assertThat(share(buckets, 100)).isEqualTo(100);
    }

    private static double share(int[] buckets, int percentage) {
        return 100.0
                * IntStream.of(buckets).filter(bucket -> bucket < percentage).count()
                / buckets.length;
    }

    @Test
    void removesNobodyWhileThePercentageGrows() {
        for (int i = 0; i < 1_000; i++) {
            View last = View.V1;
            for (int percentage = 0; percentage <= 100; percentage += 10) {
                View view = new Rollout(1, null, null, percentage, null, OPENED, null, Map.of())
                        .viewOf("user-" + i, null, BEFORE);
                assertThat(view).isGreaterThanOrEqualTo(last);
                last = view;
            }
            assertThat(last).isEqualTo(View.V2);
        }
    }
}
