package io.creditrefresh.ledger.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {

    private static final Instant STARTED = Instant.parse("2026-11-20T11:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-19T00:00:00Z");
    private static final Instant NEXT_MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

    private Instant real = STARTED;
    private final SimulatedClock clock = new SimulatedClock(() -> real, STARTED, MIDNIGHT, 1_440, NEXT_MIDNIGHT);

    @Test
    void standsStillUntilItStarts() {
        real = STARTED.minusSeconds(1_000);

        assertThat(clock.instant()).isEqualTo(MIDNIGHT);
    }

    @Test
    void runsADayInAMinute() {
        real = STARTED.plusSeconds(30);

        assertThat(clock.instant()).isEqualTo("2026-11-19T12:00:00Z");
    }

    @Test
    void goesOnAtNormalSpeedWithoutAJump() {
        real = STARTED.plusSeconds(60);
        assertThat(clock.instant()).isEqualTo(NEXT_MIDNIGHT);

        real = STARTED.plusSeconds(75);
        assertThat(clock.instant()).isEqualTo(NEXT_MIDNIGHT.plusSeconds(15));
    }

    @Test
    void addsRealTimeAcrossTheEndOfItsFastRun() {
        assertThat(clock.plusReal(MIDNIGHT, Duration.ofSeconds(30))).isEqualTo("2026-11-19T12:00:00Z");
        assertThat(clock.plusReal(Instant.parse("2026-11-19T12:00:00Z"), Duration.ofSeconds(40)))
                .isEqualTo(NEXT_MIDNIGHT.plusSeconds(10));
        assertThat(clock.plusReal(NEXT_MIDNIGHT.plusSeconds(10), Duration.ofSeconds(60)))
                .isEqualTo(NEXT_MIDNIGHT.plusSeconds(70));
    }

    @Test
    void refusesToStandOrGoBack() {
        assertThatThrownBy(() -> new SimulatedClock(() -> real, STARTED, MIDNIGHT, 0, NEXT_MIDNIGHT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SimulatedClock(() -> real, STARTED, NEXT_MIDNIGHT, 1, MIDNIGHT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
